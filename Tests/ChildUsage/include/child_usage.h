/// What a process took.
struct child_usage {
  /// What it ended with; -1 where there was no process, or a signal ended it.
  int status;
  /// The most bytes that it held at once.
  long peak_bytes;
  /// Of the processor, its own and the system's.
  double seconds;
};

/// Runs a program, whose output is thrown away, and waits for it.
///
/// To be called by a small process: on Linux a process is said to have held at least what the one
/// that forked it did.
///
/// @param arguments The program's path, its arguments and a null pointer.
struct child_usage child_usage_of(char *const arguments[]);
