import DecimalText

/// A JSON value whose members keep their order, so that the same value is the same bytes.
///
/// Numbers are written in the shortest form that reads back exactly. What JSON cannot say is written
/// so that every reader gets it back: not-a-number as `null`, infinities as `1e999` and `-1e999`.
package indirect enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  /// A list of numbers only, kept apart because results are mostly such lists.
  case numbers([Double])
  case array([JSON])
  case object([Member])

  package struct Member: Hashable, Sendable {
    package var name: String
    package var value: JSON

    package init(_ name: String, _ value: JSON) {
      self.name = name
      self.value = value
    }
  }

  package static func object(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(members.map { Member($0.key, $0.value) })
  }

  package static func strings(_ values: some Sequence<String>) -> JSON {
    .array(values.map { .string($0) })
  }

  package subscript(name: String) -> JSON? {
    if case .object(let members) = self { members.first { $0.name == name }?.value } else { nil }
  }

  package var string: String? { if case .string(let text) = self { text } else { nil } }

  package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

  package var number: Double? {
    switch self {
    case .number(let value): value
    case .null: .nan
    default: nil
    }
  }

  package var integer: Int? { number.flatMap { Int(exactly: $0) } }

  package var items: [JSON]? {
    switch self {
    case .array(let items): items
    case .numbers(let values): values.map { .number($0) }
    default: nil
    }
  }

  package var numbers: [Double]? {
    switch self {
    case .numbers(let values): return values
    case .array(let items):
      var values: [Double] = []
      for item in items {
        guard let value = item.number else { return nil }
        values.append(value)
      }
      return values
    default: return nil
    }
  }

  package var members: [Member]? {
    if case .object(let members) = self { members } else { nil }
  }
}

// MARK: Writing

extension JSON {
  /// The value as bytes: what holds only plain values stands on one line, the rest is indented, and
  /// the text ends with a newline. Made for `git diff`.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    write(to: &bytes, indent: 0)
    bytes.append(UInt8(ascii: "\n"))
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

  private func write(to bytes: inout [UInt8], indent: Int) {
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
        item.write(to: &bytes, indent: indent + 1)
      }
    case .object(let members):
      Self.list(members, "{", "}", isPlain, to: &bytes, indent: indent) { member, bytes in
        Self.write(member.name, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        member.value.write(to: &bytes, indent: indent + 1)
      }
    }
  }

  private static func list<Item>(
    _ items: [Item], _ open: String, _ close: String, _ isPlain: Bool, to bytes: inout [UInt8],
    indent: Int, _ write: (Item, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: open.utf8)
    for (index, item) in items.enumerated() {
      if index > 0 { bytes.append(contentsOf: (isPlain ? ", " : ",").utf8) }
      if !isPlain { newline(indent + 1, to: &bytes) }
      write(item, &bytes)
    }
    if !isPlain, !items.isEmpty { newline(indent, to: &bytes) }
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
