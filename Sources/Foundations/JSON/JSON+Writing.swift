import DecimalText

extension JSON {
  /// The value laid out for `git diff`: arrays and small objects of plain values are on one line,
  /// others have one indented item per line. The text ends with a newline.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  /// The value on one line without spaces, for programs.
  package var compactBytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: nil)
    return bytes
  }

  /// ``compactBytes`` as a JavaScript expression that is also safe inside a `script` element: `<`
  /// and Unicode's line separators, which can occur only in strings, are escaped.
  package var scriptBytes: [UInt8] {
    var bytes: [UInt8] = []
    var rest = compactBytes[...]
    while let byte = rest.first {
      if byte == UInt8(ascii: "<") {
        bytes += "\\u003c".utf8
        rest = rest.dropFirst()
      } else if rest.starts(with: "\u{2028}".utf8) || rest.starts(with: "\u{2029}".utf8) {
        bytes += (rest.starts(with: "\u{2028}".utf8) ? "\\u2028" : "\\u2029").utf8
        rest = rest.dropFirst(3)
      } else {
        bytes.append(byte)
        rest = rest.dropFirst()
      }
    }
    return bytes
  }

  private var isPlain: Bool {
    switch self {
    case .array(let items): items.allSatisfy { !$0.isContainer }
    case .object(let members): members.count <= 8 && members.allSatisfy { !$0.value.isContainer }
    default: true
    }
  }

  private var isContainer: Bool {
    switch self {
    case .array, .object, .numbers: true
    default: false
    }
  }

  /// - Parameter indent: The indentation level; `nil` for one line without spaces.
  private func write(to bytes: inout [UInt8], indent: Int?) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let value): Self.write(value, to: &bytes)
    case .string(let text): Self.write(text, to: &bytes)
    case .numbers(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(value, to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .array(let items):
      Self.list(items, "[", "]", isPlain, to: &bytes, indent: indent) { item, bytes in
        item.write(to: &bytes, indent: indent.map { $0 + 1 })
      }
    case .object(let members):
      Self.list(members, "{", "}", isPlain, to: &bytes, indent: indent) { member, bytes in
        Self.write(member.name, to: &bytes)
        bytes.append(contentsOf: (indent == nil ? ":" : ": ").utf8)
        member.value.write(to: &bytes, indent: indent.map { $0 + 1 })
      }
    }
  }

  private static func list<Item>(
    _ items: [Item], _ open: String, _ close: String, _ isPlain: Bool, to bytes: inout [UInt8],
    indent: Int?, _ write: (Item, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: open.utf8)
    let lines = isPlain ? nil : indent
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(contentsOf: (isPlain && indent != nil ? ", " : ",").utf8) }
      if let lines { newline(lines + 1, to: &bytes) }
      write(item, &bytes)
    }
    if let lines, !items.isEmpty { newline(lines, to: &bytes) }
    bytes.append(contentsOf: close.utf8)
  }

  private static func newline(_ indent: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\n"))
    for _ in 0..<indent { bytes.append(UInt8(ascii: " ")) }
  }

  private static func write(_ value: Double, to bytes: inout [UInt8]) {
    if value.isNaN {
      bytes.append(contentsOf: "null".utf8)
    } else if value.isInfinite {
      bytes.append(contentsOf: (value < 0 ? "-1e999" : "1e999").utf8)
    } else {
      bytes.append(contentsOf: shortest(value).utf8)
    }
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""): bytes.append(contentsOf: "\\\"".utf8)
      case UInt8(ascii: "\\"): bytes.append(contentsOf: "\\\\".utf8)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
