/// Writes HTML or SVG as UTF-8. Text and attribute values are escaped; `raw` is for markup that the
/// program itself generated.
///
///     var svg = MarkupWriter()
///     svg.element("text", ["x": "12", "class": "tick"]) { $0.text("a < b") }
package struct MarkupWriter: Sendable {
  /// Attributes in the order in which they are written. A `nil` value omits the attribute; an empty
  /// one writes it as `name=""`.
  package typealias Attributes = KeyValuePairs<String, String?>

  /// The output so far, as UTF-8.
  package private(set) var bytes: [UInt8] = []

  /// An empty writer.
  package init() {}

  /// The output so far, as text.
  package var string: String { String(decoding: bytes, as: UTF8.self) }

  /// Appends markup that is already escaped.
  package mutating func raw(_ markup: String) { bytes.append(contentsOf: markup.utf8) }

  /// Appends the bytes of markup that is already escaped.
  package mutating func raw(_ markup: some Sequence<UInt8>) { bytes.append(contentsOf: markup) }

  /// Appends text, escaped.
  package mutating func text(_ text: String) { appendEscaped(text.utf8, to: &bytes) }

  /// Appends a start tag.
  package mutating func open(_ name: String, _ attributes: Attributes = [:]) {
    tag(name, attributes)
    bytes.append(UInt8(ascii: ">"))
  }

  /// Appends an end tag.
  package mutating func close(_ name: String) {
    raw("</")
    raw(name)
    bytes.append(UInt8(ascii: ">"))
  }

  /// Appends an element without content: `<br/>` in HTML, `<path …/>` in SVG. Both accept `/>`.
  package mutating func empty(_ name: String, _ attributes: Attributes = [:]) {
    tag(name, attributes)
    raw("/>")
  }

  package mutating func element(
    _ name: String, _ attributes: Attributes = [:], _ content: (inout MarkupWriter) -> Void
  ) {
    open(name, attributes)
    content(&self)
    close(name)
  }

  package mutating func element(_ name: String, _ attributes: Attributes = [:], text: String) {
    open(name, attributes)
    self.text(text)
    close(name)
  }

  private mutating func tag(_ name: String, _ attributes: Attributes) {
    bytes.append(UInt8(ascii: "<"))
    raw(name)
    for (key, value) in attributes {
      guard let value else { continue }
      bytes.append(UInt8(ascii: " "))
      raw(key)
      raw("=\"")
      text(value)
      bytes.append(UInt8(ascii: "\""))
    }
  }
}
