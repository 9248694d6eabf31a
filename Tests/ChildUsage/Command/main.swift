import ChildUsage

// Runs the program that its arguments name, and prints what that took: status, bytes, seconds.
//
// A process of its own: where the tests themselves fork, the child is said to have held what they do.
let usage = unsafe child_usage_of(CommandLine.unsafeArgv + 1)
print(usage.status, usage.peak_bytes, usage.seconds)
