import Storage

/// `engine-digest OUTPUT ROOT FILE…`: writes a Swift file with the digest of the files' code.
///
/// Comments of whole lines, indentation and empty lines are left out, so that a better comment does
/// not make every result of a site stale; any other change does.
@main
struct EngineDigestTool {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 3 else {
      print("usage: engine-digest OUTPUT ROOT FILE…")
      throw FileError.notFound(path: "arguments")
    }
    var parts: [String] = []
    for path in arguments[3...] {
      parts.append(path.hasPrefix(arguments[2]) ? String(path.dropFirst(arguments[2].count)) : path)
      parts.append(code(of: String(decoding: try Disc.read(path), as: UTF8.self)))
    }
    let source = """
      extension EngineVersion {
        /// A digest of the code that decides results.
        package static let digest = "\(String(Digest(of: parts).description.prefix(32)))"
      }

      """
    try Disc.write(Array(source.utf8), to: arguments[1])
  }

  /// The text without what the compiler does not see. Where a literal may span lines, a line that
  /// looks like a comment may be none, so such a file counts as it stands.
  private static func code(of text: String) -> String {
    guard !text.contains("\"\"\""), !text.contains("/*") else { return text }
    return text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("//") }.joined(separator: "\n")
  }
}
