/// The resources that a process used.
struct child_usage {
  /// The exit status; -1 if there was no process, or if a signal ended it.
  int status;
  /// The maximum number of bytes in memory at once.
  long peak_bytes;
  /// The processor time in user and system mode, in seconds.
  double seconds;
};

/// Runs a program, discarding its output, and waits for it.
///
/// Call this from a small process: on Linux, a process is reported to have used at least as much
/// memory as the one that forked it.
///
/// @param arguments The program's path, its arguments and a null pointer.
struct child_usage child_usage_of(char *const arguments[]);
