package import Diagnostics
package import Storage

/// The result of a build for the preview: the files to show and the mistakes.
package struct PreviewBuild: Sendable {
  /// A mistake as the page shows it.
  struct Mistake: Hashable, Sendable {
    var isError: Bool
    /// Lines without colors, as a page shows them.
    var text: String
    /// The same for a terminal that has colors.
    var terminalText: String

    init(isError: Bool, text: String, terminalText: String? = nil) {
      self.isError = isError
      self.text = text
      self.terminalText = terminalText ?? text
    }

    /// An error without a place in the sources.
    init(error message: String, hint: String) {
      func text(_ style: TerminalStyle) -> String {
        "sitegen: \(style.red("error")): \(message)\n  = \(style.cyan("hint")): \(hint)\n"
      }
      self.init(
        isError: true, text: text(TerminalStyle(colored: false)),
        terminalText: text(TerminalStyle(colored: true)))
    }
  }

  /// Paths from the site's root.
  package let paths: Set<String>
  let mistakes: [Mistake]
  private let reader: @Sendable (_ path: String) throws(FileError) -> [UInt8]

  /// - Parameters:
  ///   - paths: The files' paths from the site's root.
  ///   - diagnostics: In the order in which they are shown.
  ///   - sourceFile: Returns the text of a source, for the lines that diagnostics show.
  ///   - reader: Returns the bytes of a file of `paths`.
  package init(
    paths: [String], diagnostics: [Diagnostic],
    sourceFile: (_ path: String) -> SourceFile? = { _ in nil },
    reader: @escaping @Sendable (_ path: String) throws(FileError) -> [UInt8]
  ) {
    self.init(
      paths: Set(paths), mistakes: Self.mistakes(diagnostics, sourceFile: sourceFile),
      reader: reader)
  }

  init(
    paths: Set<String> = [], mistakes: [Mistake],
    reader: @escaping @Sendable (_ path: String) throws(FileError) -> [UInt8] = {
      (path) throws(FileError) in throw .notFound(path: path)
    }
  ) {
    self.paths = paths
    self.mistakes = mistakes
    self.reader = reader
  }

  static func mistakes(
    _ diagnostics: [Diagnostic], sourceFile: (_ path: String) -> SourceFile?
  ) -> [Mistake] {
    var known: [String: SourceFile?] = [:]
    func file(_ path: String) -> SourceFile? {
      if let found = known[path] { return found }
      let found = sourceFile(path)
      known[path] = .some(found)
      return found
    }
    return diagnostics.map {
      Mistake(
        isError: $0.severity == .error, text: $0.rendered(file: file),
        terminalText: $0.rendered(colored: true, file: file))
    }
  }

  /// Whether there are no errors; with an error the last good site stays in place.
  package var isGood: Bool { !mistakes.contains { $0.isError } }

  /// The mistakes, as a terminal shows them.
  package func words(colored: Bool) -> String {
    mistakes.map { colored ? $0.terminalText : $0.text }.joined()
  }

  package func read(_ path: String) throws(FileError) -> [UInt8] { try reader(path) }
}
