@testable import Tensors

/// Numbers to test with: a stream of uniform ones in (-2, 2).
func samples(_ count: Int, _ index: Int = 0) -> [Float] {
  var generator = Generator(seed: 17, purpose: "test", index: index)
  return (0..<count).map { _ in Float(generator.uniform(-2..<2)) }
}

/// FNV-1a over the bits, every NaN alike.
func digest(_ values: [Float]) -> UInt64 {
  var hash: UInt64 = 0xcbf2_9ce4_8422_2325
  for value in values {
    let bits = value.isNaN ? 0x7fc0_0000 : value.bitPattern
    for byte in 0..<4 {
      hash = (hash ^ UInt64(bits >> (8 * UInt32(byte)) & 0xff)) &* 0x100_0000_01b3
    }
  }
  return hash
}

/// Bits that compare equal where both are NaN.
func bits(_ values: [Float]) -> [UInt32] {
  values.map { $0.isNaN ? 0x7fc0_0000 : $0.bitPattern }
}

extension KernelTable {
  static var reference: KernelTable { available[0] }
}
