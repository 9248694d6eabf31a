import Diagnostics
import Storage

extension Diagnostic {
  /// A file of the site that was not added to it.
  static func refused(_ path: String, _ origin: String, _ refusal: OutputTree.Refusal) -> Diagnostic
  {
    switch refusal {
    case .taken(let other): .sameAddress(path, origin, other)
    case .fileAndFolder(let folder, let other): .fileAndFolder(path, folder, origin, other)
    case .unfit(let problem): .unfitPath(path, problem, origin)
    }
  }

  /// An address in a source file that nothing can be written to.
  ///
  /// - Parameters:
  ///   - kind: The word for it: “alias”.
  ///   - problem: As the end of a sentence: “a hidden path”.
  static func badAddress(
    _ kind: String, _ problem: String, at range: Range<Int>, in path: String
  ) -> Diagnostic {
    Diagnostic(
      "site.bad-address", path: path, range: range,
      message: "nothing can be written to this \(kind), which is \(problem)",
      hint: "write an address as browsers know it: `/notes/relu/`")
  }

  private static func sameAddress(
    _ path: String, _ origin: String, _ other: String
  ) -> Diagnostic {
    Diagnostic(
      "site.same-address", path: origin,
      message: "this would be written to `\(path)`, where something else is",
      hint: "rename one of them, or give one another `permalink`",
      notes: [Note("the other one", path: other)])
  }

  private static func fileAndFolder(
    _ path: String, _ folder: String, _ origin: String, _ other: String
  ) -> Diagnostic {
    Diagnostic(
      "site.file-and-folder", path: origin,
      message: path == folder
        ? "this would be written to `\(path)`, where something else needs a folder"
        : "this would be written to `\(path)`, where `\(folder)` is a file",
      hint: "rename one of them, or give one another `permalink`",
      notes: [Note("the other one", path: other)])
  }

  private static func unfitPath(
    _ path: String, _ problem: String, _ origin: String
  ) -> Diagnostic {
    let shown = path.utf8.count > 120 ? path.prefix(60) + "…" + path.suffix(30) : path
    return Diagnostic(
      "site.bad-address", path: origin,
      message: "this would be written to `\(shown)`, which is \(problem)",
      hint: "rename it, or give it another `permalink`")
  }
}
