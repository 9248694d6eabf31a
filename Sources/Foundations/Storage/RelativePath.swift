/// A path below a folder that cannot lead out of it: no component is `..` or empty, and the path is
/// not absolute. Paths are compared by their bytes, as in file systems.
package struct RelativePath: Hashable, Sendable {
  /// The bytes, none of which is zero.
  package let bytes: [UInt8]

  /// Why a text is not a path that may be written to below a folder.
  package enum Flaw: Error, Hashable, Sendable {
    case empty
    /// It begins with `/`, or a component is empty, `.` or `..`.
    case leavesItsFolder
    /// It contains a control character, such as a line feed or a zero.
    case controlCharacter
    /// A component is a name that git takes for a repository: `.git`.
    case repository
    /// The first component begins with `.sitegen`, which is reserved for the generator.
    case reserved
    /// A component is longer than 255 bytes, which no file system accepts, or the path is longer
    /// than 4,000.
    case tooLong
  }

  /// Checks a path from any source: an author, or a file that lists what a build wrote.
  package init(checking text: String) throws(Flaw) {
    if let flaw = Self.flaw(of: text) { throw flaw }
    bytes = Array(text.utf8)
  }

  /// A path that was found by scanning folders, whose names can be anything.
  init(found bytes: [UInt8]) { self.bytes = bytes }

  /// The path as text, with `/` between its components.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The folder that contains it; `nil` if that is the folder that the path is relative to.
  package var parent: RelativePath? {
    bytes.lastIndex(of: UInt8(ascii: "/")).map { RelativePath(found: Array(bytes[..<$0])) }
  }

  func appending(_ name: [UInt8]) -> RelativePath {
    RelativePath(found: bytes + [UInt8(ascii: "/")] + name)
  }

  func isBelow(_ folder: RelativePath) -> Bool {
    bytes.count > folder.bytes.count && bytes[folder.bytes.count] == UInt8(ascii: "/")
      && bytes.starts(with: folder.bytes)
  }

  private static func flaw(of text: String) -> Flaw? {
    if text.isEmpty { return .empty }
    if text.utf8.count > 4000 { return .tooLong }
    // By bytes: a `Character` may be a slash with a combining accent.
    let parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) { return .leavesItsFolder }
    if text.unicodeScalars.contains(where: isControl) { return .controlCharacter }
    if parts.contains(where: isRepository) { return .repository }
    if parts[0].utf8.starts(with: ".sitegen".utf8) { return .reserved }
    return parts.contains { $0.utf8.count > 255 } ? .tooLong : nil
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  /// Whether some file system takes the name for `.git`: those of Windows and macOS ignore case,
  /// trailing spaces and dots, and invisible characters.
  private static func isRepository(_ name: String) -> Bool {
    var scalars = name.lowercased().unicodeScalars.filter {
      !$0.properties.isDefaultIgnorableCodePoint
    }
    while scalars.last == "." || scalars.last == " " { scalars.removeLast() }
    let plain = scalars.prefix { $0 != ":" }.map(String.init).joined()
    return plain == ".git" || plain == "git~1"
  }
}

extension RelativePath: Comparable {
  package func hash(into hasher: inout Hasher) {
    unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
  }

  package static func < (a: RelativePath, b: RelativePath) -> Bool {
    a.bytes.lexicographicallyPrecedes(b.bytes)
  }
}

extension RelativePath.Flaw {
  /// The problem, in words that follow “the path”, and what to do about it.
  package var explanation: (message: String, hint: String) {
    switch self {
    case .empty: ("is empty", "give it a name")
    case .leavesItsFolder:
      ("leads out of its folder", "write it without `..`, `.`, empty parts or a `/` before it")
    case .controlCharacter:
      ("holds a control character", "rename it: letters, digits, hyphens and dots are safe")
    case .repository:
      ("names a git repository", "choose another name than `.git`")
    case .reserved:
      ("begins with `.sitegen`, which is kept for the generator", "choose another name")
    case .tooLong:
      (
        "is too long: file systems take 255 bytes for a name, and 4,000 are taken for a path",
        "shorten it"
      )
    }
  }
}
