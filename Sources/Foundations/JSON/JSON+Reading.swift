extension JSON {
  /// Parses a JSON text; `nil` for bytes that are not JSON by RFC 8259, or that nest deeper than 64
  /// levels.
  ///
  /// A number is rounded to the nearest `Double`; one out of range becomes infinite.
  package init?(_ bytes: [UInt8]) {
    var reader = JSONReader(bytes: bytes)
    guard let value = reader.value(depth: 0) else { return nil }
    reader.skipSpace()
    guard reader.position == bytes.count else { return nil }
    self = value
  }
}

private struct JSONReader {
  let bytes: [UInt8]
  var position = 0

  mutating func skipSpace() {
    while position < bytes.count,
      bytes[position] == 32 || bytes[position] == 10 || bytes[position] == 13
        || bytes[position] == 9
    {
      position += 1
    }
  }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ byte: UInt8) -> Bool {
    skipSpace()
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func takeWord(_ word: StaticString) -> Bool {
    let text = "\(word)".utf8
    guard bytes[position...].starts(with: text) else { return false }
    position += text.count
    return true
  }

  mutating func value(depth: Int) -> JSON? {
    guard depth < 64 else { return nil }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return takeWord("true") ? .bool(true) : nil
    case UInt8(ascii: "f"): return takeWord("false") ? .bool(false) : nil
    case UInt8(ascii: "n"): return takeWord("null") ? .null : nil
    default: return number().map { .number($0) }
    }
  }

  private mutating func object(depth: Int) -> JSON? {
    position += 1
    var members: [JSON.Member] = []
    if take(UInt8(ascii: "}")) { return .object(members) }
    repeat {
      skipSpace()
      guard let name = string(), take(UInt8(ascii: ":")), let value = value(depth: depth + 1)
      else { return nil }
      members.append(JSON.Member(name, value))
    } while take(UInt8(ascii: ","))
    return take(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSON? {
    position += 1
    if take(UInt8(ascii: "]")) { return .array([]) }
    var values: [Double] = []
    var items: [JSON] = []
    var isNumbers = true
    repeat {
      skipSpace()
      if isNumbers {
        if let byte = next, byte == UInt8(ascii: "-") || (48...57).contains(byte) {
          guard let value = number() else { return nil }
          values.append(value)
          continue
        }
        if takeWord("null") {
          values.append(.nan)
          continue
        }
        isNumbers = false
        items = values.map { $0.isNaN ? .null : .number($0) }
      }
      guard let value = value(depth: depth + 1) else { return nil }
      items.append(value)
    } while take(UInt8(ascii: ","))
    guard take(UInt8(ascii: "]")) else { return nil }
    return isNumbers ? .numbers(values) : .array(items)
  }

  /// Parses a number. Short decimals (nearly all) are an integer times or over a power of ten, both
  /// small enough to be exact as a `Double`, so that a single operation rounds correctly; the rest
  /// goes to the standard library.
  private mutating func number() -> Double? {
    let start = position
    var mantissa = 0
    var digits = 0
    var places = 0
    var sawPoint = false
    let isNegative = next == UInt8(ascii: "-")
    if isNegative { position += 1 }
    // A digit must come first, and after a leading zero no other.
    guard let first = next, (48...57).contains(first) else { return nil }
    while let byte = next {
      if (48...57).contains(byte) {
        if digits < 18 { mantissa = mantissa * 10 + Int(byte - 48) }
        digits += 1
        if sawPoint { places += 1 }
      } else if byte == UInt8(ascii: "."), !sawPoint {
        sawPoint = true
      } else {
        break
      }
      position += 1
    }
    guard sawPoint == (places > 0), first != 48 || digits == places + 1,
      let exponent = takeExponent()
    else { return nil }
    let power = exponent - places
    if digits <= 15, (-22...22).contains(power) {
      let scale = JSONReader.powersOfTen[abs(power)]
      let value = power < 0 ? Double(mantissa) / scale : Double(mantissa) * scale
      return isNegative ? -value : value
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    return Double(text) ?? (power > 0 ? (isNegative ? -.infinity : .infinity) : 0)
  }

  /// The exponent after a number's digits: 0 if there is none, `nil` if it has no digits.
  private mutating func takeExponent() -> Int? {
    guard let byte = next, byte | 0x20 == UInt8(ascii: "e") else { return 0 }
    position += 1
    let isNegative = next == UInt8(ascii: "-")
    if isNegative || next == UInt8(ascii: "+") { position += 1 }
    let first = position
    var exponent = 0
    while let byte = next, (48...57).contains(byte) {
      if exponent < 100_000 { exponent = exponent * 10 + Int(byte - 48) }
      position += 1
    }
    guard position > first else { return nil }
    return isNegative ? -exponent : exponent
  }

  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  private mutating func string() -> String? {
    guard next == UInt8(ascii: "\"") else { return nil }
    position += 1
    var text: [UInt8] = []
    while let byte = next {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let escape = next else { return nil }
        position += 1
        switch escape {
        case UInt8(ascii: "n"): text.append(10)
        case UInt8(ascii: "t"): text.append(9)
        case UInt8(ascii: "r"): text.append(13)
        case UInt8(ascii: "b"): text.append(8)
        case UInt8(ascii: "f"): text.append(12)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(escape)
        case UInt8(ascii: "u"):
          guard let scalar = unicodeEscape() else { return nil }
          text.append(contentsOf: String(Character(scalar)).utf8)
        default: return nil
        }
      case 0..<0x20: return nil
      default: text.append(byte)
      }
    }
    return nil
  }

  private mutating func unicodeEscape() -> Unicode.Scalar? {
    guard let unit = hexadecimal() else { return nil }
    guard (0xD800..<0xDC00).contains(unit) else { return Unicode.Scalar(unit) }
    guard takeWord("\\u"), let low = hexadecimal(), (0xDC00..<0xE000).contains(low) else {
      return nil
    }
    return Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    let text = String(decoding: bytes[position..<position + 4], as: UTF8.self)
    guard text.utf8.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
    position += 4
    return UInt32(text, radix: 16)
  }
}
