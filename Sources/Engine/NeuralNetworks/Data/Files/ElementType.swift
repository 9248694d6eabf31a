/// The type of a file's numbers.
enum ElementType: Hashable {
  case signed(bytes: Int)
  case unsigned(bytes: Int)
  case float(bytes: Int)
  case brainFloat
  case flag

  var byteCount: Int {
    switch self {
    case .signed(let bytes), .unsigned(let bytes), .float(let bytes): bytes
    case .brainFloat: 2
    case .flag: 1
    }
  }

  var isInteger: Bool {
    switch self {
    case .signed, .unsigned, .flag: true
    case .float, .brainFloat: false
    }
  }

  /// The number whose bytes, most significant first, are these bits.
  func value(_ bits: UInt64) -> Double {
    switch self {
    case .signed(let bytes):
      let shift = 64 - 8 * bytes
      return Double(Int64(bitPattern: bits << shift) >> shift)
    case .unsigned: return Double(bits)
    case .float(2): return Double(Float(halfBits: UInt16(truncatingIfNeeded: bits)))
    case .float(4): return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .float: return Double(bitPattern: bits)
    case .brainFloat: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits) << 16))
    case .flag: return bits == 0 ? 0 : 1
    }
  }
}

extension Float {
  /// IEEE 754 binary16.
  fileprivate init(halfBits bits: UInt16) {
    let sign: Float = bits & 0x8000 == 0 ? 1 : -1
    let fraction = Float(bits & 0x3FF)
    switch bits >> 10 & 0x1F {
    case 0: self = sign * fraction * 0x1p-24
    case 31: self = fraction == 0 ? sign * .infinity : .nan
    case let exponent:
      self =
        sign * (1 + fraction * 0x1p-10)
        * Float(sign: .plus, exponent: Int(exponent) - 15, significand: 1)
    }
  }
}
