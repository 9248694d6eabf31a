import DecimalText
import Diagnostics
import Foundation
import Markup
import Site
import Storage
import Synchronization

/// A command's output: results go to standard output, everything else to standard error.
struct Terminal: Sendable {
  /// Whether standard error is a terminal that understands colors and cursor movements.
  let isInteractive: Bool
  let style: TerminalStyle

  init() {
    let environment = ProcessInfo.processInfo.environment
    isInteractive = isatty(2) == 1 && environment["TERM"] != "dumb"
    style = TerminalStyle(colored: isInteractive && environment["NO_COLOR", default: ""].isEmpty)
  }

  func out(_ line: String) { write(line + "\n", to: .standardOutput) }

  func note(_ text: String) { write(text, to: .standardError) }

  func show(_ diagnostics: [Diagnostic], file: (String) -> SourceFile?) {
    guard !diagnostics.isEmpty else { return }
    var known: [String: SourceFile?] = [:]
    var text = ""
    for diagnostic in diagnostics {
      text += diagnostic.rendered(colored: style.colored) { path in
        if let cached = known[path] { return cached }
        let found = file(path)
        known[path] = .some(found)
        return found
      }
    }
    note(text)
  }

  func show(_ error: FileError) {
    let (message, hint) = error.explanation
    note("sitegen: \(style.red("error")): \(message)\n  = \(style.cyan("hint")): \(hint)\n")
  }

  private func write(_ text: String, to handle: FileHandle) {
    // A closed pipe (`sitegen build | head`) is no reason to crash.
    try? handle.write(contentsOf: Array(text.utf8))
  }
}

/// A progress bar; it shows nothing where standard error is not a terminal.
final class ProgressBar: Sendable {
  private let terminal: Terminal
  private let drawn = Mutex<(at: ContinuousClock.Instant?, text: String)>((nil, ""))

  init(_ terminal: Terminal) { self.terminal = terminal }

  func show(_ progress: BuildProgress) {
    guard terminal.isInteractive else { return }
    drawn.withLock { state in
      let now = ContinuousClock.now
      if let last = state.at, now - last < .milliseconds(80) { return }
      let width = 24
      let filled = min(
        width, max(0, Int(clamped: (progress.fraction * Double(width)).rounded(.down))))
      let bar =
        progress.step == .experiments
        ? String(repeating: "━", count: min(max(0, filled), width))
          + String(repeating: "╌", count: width - min(max(0, filled), width)) + " " : ""
      let text = "\(bar)\(progress.step.rawValue) \(progress.detail)"
      terminal.note("\r\u{1B}[2K" + text)
      state = (now, text)
    }
  }

  /// Removes the bar, before other text is printed.
  func clear() {
    guard terminal.isInteractive else { return }
    drawn.withLock { state in
      if !state.text.isEmpty { terminal.note("\r\u{1B}[2K") }
      state = (nil, "")
    }
  }
}
