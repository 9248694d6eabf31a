import Foundation

/// `embed-text OUTPUT FOLDER FILE…`: writes a Swift file with the text of each file as a literal.
///
/// `EmbeddedText.drawing_css` is the text of `drawing.css`, in any folder below `FOLDER`;
/// `EmbeddedText.files` lists all of them by their paths from `FOLDER`, in the order given.
@main
struct EmbedTextTool {
  /// A text that a raw literal does not reproduce unchanged.
  private struct UnfitText: Error, CustomStringConvertible {
    var description: String
  }

  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count > 2 else {
      throw UnfitText(description: "usage: embed-text OUTPUT FOLDER FILE…")
    }
    let folder = arguments[2] + "/"
    var literals = ""
    var entries = ""
    for path in arguments[3...] {
      let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
      guard !text.contains("\u{FFFD}"), !text.utf8.contains(13), !text.contains("\"\"\"##") else {
        throw UnfitText(description: "\(path) is not UTF-8 with the line ends of Unix")
      }
      let name = String(
        path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...]
          .map { $0.isLetter || $0.isNumber ? $0 : "_" })
      // The line ending before the closing quotes is not part of a literal.
      literals += "  static let \(name) = ##\"\"\"\n\(text)\n\"\"\"##\n\n"
      let relative = path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path
      entries += "    (\"\(relative)\", \(name)),\n"
    }
    let source = """
      /// The text files of this target's folder.
      enum EmbeddedText {
      \(literals)  /// By their paths from the folder.
        static let files: [(path: String, text: String)] = [
      \(entries)  ]
      }

      """
    try source.write(toFile: arguments[1], atomically: true, encoding: .utf8)
  }
}
