/// The number of memory allocations of this thread; -1 where they cannot be counted.
long allocations_of_this_thread(void);
