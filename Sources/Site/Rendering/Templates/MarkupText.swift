import Markup
import Mustache

/// Escapes the text that templates write into a page.
///
/// The library's own escaping compares characters, and a quotation mark that a combining accent follows
/// is another character than a quotation mark; a browser looks at the mark alone.
struct MarkupText: MustacheContentType {
  private static let name = "SITEGEN"

  /// The first line of each template.
  static let pragma = "{{% CONTENT_TYPE: \(name)}}\n"

  /// Makes the pragma known to the library, which keeps one list for the whole program.
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
