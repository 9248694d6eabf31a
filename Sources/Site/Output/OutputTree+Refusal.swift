import Diagnostics
import Storage

extension Diagnostic {
  /// A file of the site that was not added to it.
  static func refused(_ path: String, _ origin: String, _ refusal: OutputTree.Refusal) -> Diagnostic
  {
    switch refusal {
    case .taken(let other): .sameAddress(path, origin, other)
    case .fileAndFolder(let folder, let other): .fileAndFolder(path, folder, origin, other)
    case .unfit(let flaw): .unfitPath(path, origin, flaw)
    }
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
    _ path: String, _ origin: String, _ flaw: RelativePath.Flaw
  ) -> Diagnostic {
    let (message, hint) = flaw.explanation
    let printable = String(
      String.UnicodeScalarView(
        path.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
    return Diagnostic(
      "site.unfit-path", path: origin,
      message: "this would be written to a path that \(message): `\(printable)`", hint: hint)
  }
}
