import ChildUsage

// Runs the program that the arguments name, and prints its status, peak memory in bytes and
// processor time in seconds.
//
// This is a separate process, because a child that the tests themselves forked would be reported to
// have used as much memory as they do.
let usage = unsafe child_usage_of(CommandLine.unsafeArgv + 1)
print(usage.status, usage.peak_bytes, usage.seconds)
