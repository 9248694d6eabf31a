/// Appends text with `&`, `<`, `>` and `"` escaped as character references: correct in HTML and in
/// SVG, in text and in attributes in double quotes.
@inlinable
package func appendEscaped(_ text: some Sequence<UInt8>, to bytes: inout [UInt8]) {
  for byte in text {
    switch byte {
    case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
    case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
    case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
    case UInt8(ascii: "\""): bytes.append(contentsOf: "&quot;".utf8)
    default: bytes.append(byte)
    }
  }
}

/// The text with `&`, `<`, `>` and `"` escaped as character references.
package func escaped(_ text: String) -> String {
  var bytes: [UInt8] = []
  bytes.reserveCapacity(text.utf8.count + 16)
  appendEscaped(text.utf8, to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}
