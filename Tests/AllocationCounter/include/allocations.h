/// How often this thread has asked for memory; -1 where that cannot be counted.
long allocations_of_this_thread(void);
