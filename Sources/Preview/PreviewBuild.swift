package import Diagnostics
package import Storage

/// What a build gives the preview: the files to show, and what is wrong.
package struct PreviewBuild: Sendable {
  /// A mistake as the page shows it.
  struct Mistake: Hashable, Sendable {
    var isError: Bool
    /// As the terminal shows it, without colours.
    var text: String
  }

  /// Paths from the site's root.
  package let paths: Set<String>
  let mistakes: [Mistake]
  private let reader: @Sendable (_ path: String) throws(FileError) -> [UInt8]

  /// - Parameters:
  ///   - paths: The files' paths from the site's root.
  ///   - diagnostics: In the order in which they are shown.
  ///   - sourceFile: Gives the text of a source, for the lines that diagnostics show.
  ///   - reader: Gives the bytes of a file of `paths`.
  package init(
    paths: [String], diagnostics: [Diagnostic],
    sourceFile: (_ path: String) -> SourceFile? = { _ in nil },
    reader: @escaping @Sendable (_ path: String) throws(FileError) -> [UInt8]
  ) {
    self.paths = Set(paths)
    self.reader = reader
    mistakes = diagnostics.map {
      Mistake(isError: $0.severity == .error, text: $0.rendered(file: sourceFile))
    }
  }

  /// With an error the last good site stays in place.
  package var isGood: Bool { !mistakes.contains { $0.isError } }

  package func read(_ path: String) throws(FileError) -> [UInt8] { try reader(path) }
}
