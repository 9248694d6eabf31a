import Foundation
import Synchronization

/// Ends the process if an input takes too much time or memory.
enum Guard {
  /// The exit codes by which the parent process knows the reason.
  enum Ending {
    static let memory: Int32 = 86
    static let usage: Int32 = 64
  }

  /// Starts watching the memory.
  ///
  /// - Parameter explains: Whether to abort at the limit, so that the runtime shows where each
  ///   thread was.
  static func watch(megabytes: Int, explains: Bool) {
    if explains { _ = signal(SIGPROF) { _ in abort() } }
    let limit = megabytes << 20
    let thread = Thread {
      while true {
        if residentBytes() > limit {
          if explains { abort() }
          _exit(Ending.memory)
        }
        usleep(20_000)
      }
    }
    thread.start()
  }

  /// Gives the next input that many seconds of processor time, after which SIGPROF ends the
  /// process.
  static func grant(seconds: Int) {
    var timer = itimerval()
    timer.it_value.tv_sec = seconds
    _ = unsafe setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
  }

  /// The processor time that the process has used, in seconds.
  static func processorSeconds() -> Double {
    var time = timespec()
    _ = unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  private static func residentBytes() -> Int {
    guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
    defer { _ = unsafe fclose(file) }
    var line = [CChar](repeating: 0, count: 128)
    guard unsafe fgets(&line, 128, file) != nil else { return 0 }
    let words = String(
      decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self
    )
    .split(separator: " ")
    return (words.count > 1 ? Int(words[1]) ?? 0 : 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
