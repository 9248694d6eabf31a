import Diagnostics
import Site
import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A build process that ended without a result.
struct BuildFailure: Sendable {
  /// How the process ended; `nil` if its messages could not be read.
  var status: TerminationStatus?
  /// The progress that it reported last.
  var progress: BuildProgress?
  /// The end of what it wrote to standard error.
  var words: String

  var mistake: PreviewBuild.Mistake {
    PreviewBuild.mistakes([diagnostic]) { _ in nil }[0]
  }

  private var diagnostic: Diagnostic {
    .buildCrashed(reason, at: place, wasKilled: status == .signaled(SIGKILL))
  }

  /// How the process ended, in words.
  private var reason: String {
    switch status {
    case .signaled(SIGKILL): "the system ended it, as it does when memory runs out"
    case .signaled(SIGSEGV), .signaled(SIGBUS): "invalid memory access or stack overflow"
    case .signaled(let signal):
      unsafe lastWords ?? "signal \(signal), \(String(cString: strsignal(signal)))"
    case .exited(let code): lastWords ?? "it ended with \(code)"
    case nil: "its output could not be read"
    }
  }

  /// The message of a trap, otherwise the last line of standard error.
  private var lastWords: String? {
    let lines = words.split(whereSeparator: \.isNewline).map { String($0.prefix(300)) }
    return lines.last { $0.contains("Fatal error") || $0.contains("fatal error") } ?? lines.last
  }

  private var place: String {
    guard let progress else { return "." }
    return progress.detail.isEmpty ? "." : progress.detail
  }
}

extension Diagnostic {
  /// An abnormal end of a build.
  ///
  /// - Parameter place: The block that was reported last, or `.`.
  fileprivate static func buildCrashed(
    _ reason: String, at place: String, wasKilled: Bool
  ) -> Diagnostic {
    let part = place == "." ? "" : " while this ran"
    return Diagnostic(
      "preview.build-crashed", path: place,
      message: "the build crashed\(part): \(reason)",
      hint: wasKilled
        ? "make what is computed smaller; the next change builds again"
        : "undo the last change; the next change builds again. This is a bug in sitegen: please "
          + "report it")
  }
}
