/// What a process took.
struct child_usage {
  /// As the shell tells it; -1 where there was no process.
  int status;
  /// The most bytes that it held at once.
  long peak_bytes;
  /// Of the processor, its own and the system's.
  double seconds;
};

/// Runs a command of the shell, which should begin with `exec`, and waits for it.
struct child_usage child_usage_of(const char *command);
