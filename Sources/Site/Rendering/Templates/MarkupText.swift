import Markup
import Mustache

/// Escapes the text that templates write into a page.
///
/// The library's own escaping compares characters: a quotation mark followed by a combining accent
/// is a different character from a quotation mark, but a browser still sees the mark.
struct MarkupText: MustacheContentType {
  private static let name = "SITEGEN"

  /// The first line of each template.
  static let pragma = "{{% CONTENT_TYPE: \(name)}}\n"

  /// Registers the pragma with the library, which keeps one list for the whole process.
  static func register() { MustacheContentTypes.register(MarkupText(), named: name) }

  func escapeText(_ text: String) -> String {
    var bytes: [UInt8] = []
    for byte in escaped(text).utf8 {
      // Templates may quote attributes either way.
      if byte == UInt8(ascii: "'") {
        bytes.append(contentsOf: "&#39;".utf8)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
