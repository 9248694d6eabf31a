import Storage

/// `engine-digest OUTPUT TYPE WORDS ROOT FILE…`: writes a Swift file that gives a type the digest
/// of the code in the files.
///
/// Whole-line comments, indentation and empty lines do not count, so that a better comment does not
/// invalidate every result of a site; any other change does.
@main
struct EngineDigestTool {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 5 else {
      print("usage: engine-digest OUTPUT TYPE WORDS ROOT FILE…")
      throw FileError.notFound(path: "arguments")
    }
    var parts: [String] = []
    let root = arguments[4]
    for path in arguments[5...] {
      parts.append(path.hasPrefix(root) ? String(path.dropFirst(root.count)) : path)
      parts.append(code(of: String(decoding: try FileSystem.read(path), as: UTF8.self)))
    }
    let source = """
      extension \(arguments[2]) {
        /// \(arguments[3])
        package static let digest = "\(String(Digest(of: parts).description.prefix(32)))"
      }

      """
    try FileSystem.write(Array(source.utf8), to: arguments[1])
  }

  /// The text without what the compiler ignores. In a file with a multiline literal or a block
  /// comment, a line that looks like a comment may not be one, so such a file counts unchanged.
  private static func code(of text: String) -> String {
    guard !text.contains("\"\"\""), !text.contains("/*") else { return text }
    return text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
      .filter { !$0.isEmpty && !$0.hasPrefix("//") }.joined(separator: "\n")
  }
}
