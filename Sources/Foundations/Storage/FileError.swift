/// A failure of the file system or of a check of paths, distinguished by what a user can do about
/// it; see ``explanation``.
package enum FileError: Error, Hashable, Sendable {
  /// Nothing exists at the path.
  case notFound(path: String)
  case notPermitted(path: String)
  case isDirectory(path: String)
  case noSpace(path: String)
  case readOnly(path: String)
  /// The path leads out of the folder that must contain it, by `..` or by a link.
  case outside(path: String, folder: String)
  /// A file at a path where a folder is needed.
  case notADirectory(path: String)
  /// A link where only the file or folder itself is accepted.
  case isLink(path: String)
  /// Files that a site would overwrite or remove, but that no build wrote or that were changed
  /// since.
  ///
  /// - Parameter files: Their paths from the folder.
  case foreignFiles(folder: String, files: [String])
  /// A folder to which a site must not be written.
  case unfitFolder(path: String, FolderFlaw)
  /// A part of the path is hidden, or the path is in a folder that builds write.
  case hidden(path: String)
  /// A pipe, a socket or a device: reading it might never end.
  case notAFile(path: String)
  /// The file is larger than what may be read at once.
  case tooLarge(path: String, bytes: Int, limit: Int)
  case other(path: String, reason: String)

  /// The reason why a site is not written to a folder.
  package enum FolderFlaw: Hashable, Sendable {
    case noName
    /// It contains the folder that the site is built from.
    case holdsRoot
    case holdsHome
    /// It is a git repository, or inside the `.git` folder of one.
    case repository
    /// It is the folder for the state of builds, or inside it.
    case workplace
    /// - Parameter file: A source file in the folder, by its path from the site's root.
    case holdsSource(file: String)
  }

  /// The file or folder concerned.
  package var path: String {
    switch self {
    case .notFound(let path), .notPermitted(let path), .isDirectory(let path), .noSpace(let path),
      .readOnly(let path), .outside(let path, _), .notADirectory(let path), .isLink(let path),
      .hidden(let path), .notAFile(let path), .tooLarge(let path, _, _),
      .foreignFiles(let path, _), .unfitFolder(let path, _), .other(let path, _):
      path
    }
  }

  /// The same error for another path, such as the one that the caller asked for.
  func about(_ path: String) -> FileError {
    switch self {
    case .notFound: .notFound(path: path)
    case .notPermitted: .notPermitted(path: path)
    case .isDirectory: .isDirectory(path: path)
    case .noSpace: .noSpace(path: path)
    case .readOnly: .readOnly(path: path)
    case .outside(_, let folder): .outside(path: path, folder: folder)
    case .notADirectory: .notADirectory(path: path)
    case .isLink: .isLink(path: path)
    case .foreignFiles(_, let files): .foreignFiles(folder: path, files: files)
    case .unfitFolder(_, let flaw): .unfitFolder(path: path, flaw)
    case .hidden: .hidden(path: path)
    case .notAFile: .notAFile(path: path)
    case .tooLarge(_, let bytes, let limit): .tooLarge(path: path, bytes: bytes, limit: limit)
    case .other(_, let reason): .other(path: path, reason: reason)
    }
  }

  /// A plain sentence, in lower case and without a full stop, and what to do about it.
  package var explanation: (message: String, hint: String) {
    switch self {
    case .notFound(let path):
      ("there is no file `\(path)`", "check the name, and the folder that it is looked for in")
    case .notPermitted(let path):
      ("`\(path)` may not be read or written by this user", "change its permissions or its owner")
    case .isDirectory(let path):
      ("`\(path)` is a folder where a file is needed", "move or rename the folder")
    case .noSpace(let path):
      ("the disk is full: `\(path)` could not be written", "free some space and build again")
    case .readOnly(let path):
      ("`\(path)` is on a read-only file system", "choose another folder with --output")
    case .outside(let path, let folder):
      ("`\(path)` is outside `\(folder)`", "use a path inside that folder")
    case .notADirectory(let path):
      ("`\(path)` is a file where a folder is needed", "move or rename the file")
    case .isLink(let path):
      (
        "`\(path)` is a link, and no link is followed there",
        "put the file or folder itself in its place"
      )
    case .foreignFiles(let folder, let files):
      (
        "\(files.count == 1 ? "one file" : "\(files.count) files") in `\(folder)` would be lost, "
          + "which no build wrote or somebody changed since: "
          + files.map { "`\(Self.printable($0))`" }.joined(separator: ", "),
        "move what you need to another place, delete the rest, and build again; what should be in "
          + "the site belongs to its sources"
      )
    case .unfitFolder(let path, let flaw):
      ("the site cannot be written to `\(path)`: \(flaw.reason)", flaw.hint)
    case .hidden(let path):
      (
        "`\(path)` is hidden or generated, and nothing on a page may read it",
        "use a file whose path has no part that begins with `.` and that no build wrote"
      )
    case .notAFile(let path):
      ("`\(path)` is not a file but a pipe, a socket or a device", "remove it or move it elsewhere")
    case .tooLarge(let path, let bytes, let limit):
      (
        "`\(path)` has \(bytes / 1_000_000) MB, and at most \(limit / 1_000_000) MB are read",
        "keep a part of it, or compress it"
      )
    case .other(let path, let reason):
      ("`\(path)` could not be used: \(reason)", "check whether another program uses it")
    }
  }
}

extension FileError {
  /// The name with its control characters replaced, which could move a terminal's cursor.
  private static func printable(_ name: String) -> String {
    String(
      String.UnicodeScalarView(
        name.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
  }
}

extension FileError.FolderFlaw {
  fileprivate var reason: String {
    switch self {
    case .noName: "it has no name"
    case .holdsRoot: "the folder that it is built from is in it"
    case .holdsHome: "a home folder is in it"
    case .repository: "it is a git repository, or in the own folder of one"
    case .workplace: "it holds the state of earlier builds"
    case .holdsSource(let file): "the source `\(file)` is in it"
    }
  }

  fileprivate var hint: String {
    switch self {
    case .repository:
      "name a folder within the checkout, or publish to a branch with `sitegen publish`"
    default: "name a folder of its own, such as `site`"
    }
  }
}
