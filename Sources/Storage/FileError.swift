/// What can go wrong between this program and a disc. The command tells it; see `explanation`.
package enum FileError: Error, Hashable, Sendable {
  case notFound(path: String)
  case notPermitted(path: String)
  case isDirectory(path: String)
  case noSpace(path: String)
  case readOnly(path: String)
  /// The path leaves the folder that it must stay in, by `..` or by a link.
  case outside(path: String, folder: String)
  /// More bytes than may be read at once.
  case tooLarge(path: String, bytes: Int, limit: Int)
  case other(path: String, reason: String)

  /// The file or folder that it is about.
  package var path: String {
    switch self {
    case .notFound(let path), .notPermitted(let path), .isDirectory(let path), .noSpace(let path),
      .readOnly(let path), .outside(let path, _), .tooLarge(let path, _, _), .other(let path, _):
      path
    }
  }

  /// One plain sentence, in lower case and without a full stop, and what to do about it.
  package var explanation: (message: String, hint: String) {
    switch self {
    case .notFound(let path):
      ("there is no file `\(path)`", "check the name and the folder it is looked for in")
    case .notPermitted(let path):
      ("`\(path)` may not be read or written by this user", "change its permissions or its owner")
    case .isDirectory(let path):
      ("`\(path)` is a folder where a file is needed", "move or rename the folder")
    case .noSpace(let path):
      ("the disc is full: `\(path)` could not be written", "free some space and build again")
    case .readOnly(let path):
      ("`\(path)` is on a read-only disc", "choose another folder with --output")
    case .outside(let path, let folder):
      ("`\(path)` lies outside `\(folder)`", "use a path inside that folder")
    case .tooLarge(let path, let bytes, let limit):
      (
        "`\(path)` has \(bytes / 1_000_000) MB, and at most \(limit / 1_000_000) MB are read",
        "keep a part of it, or pack it"
      )
    case .other(let path, let reason):
      ("`\(path)` could not be used: \(reason)", "see whether another program holds it")
    }
  }
}
