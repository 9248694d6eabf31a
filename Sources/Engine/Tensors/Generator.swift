internal import CKernels

/// A counter-based random number generator: Philox4x32-10.
///
/// A stream is named by (seed, purpose, index), so that another layer or more draws for one purpose
/// do not change the draws for another. It gives the same bits on every machine.
///
/// - Source: Salmon, Moraes, Dror, Shaw, *Parallel random numbers: as easy as 1, 2, 3* (SC 2011).
package struct Generator: RandomNumberGenerator, Sendable {
  private let key: (UInt32, UInt32)
  private let stream: (UInt32, UInt32)
  private var block: UInt64 = 0
  private var words: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
  private var used = 4

  /// - Parameters:
  ///   - purpose: What the numbers are for, such as `"weights"` or `"shuffle"`.
  ///   - index: Which one of its kind: a layer's or an epoch's number.
  package init(seed: UInt64, purpose: String, index: Int = 0) {
    key = (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32))
    // FNV-1a names the purpose in 32 bits.
    var hash: UInt32 = 0x811C_9DC5
    for byte in purpose.utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
    stream = (UInt32(truncatingIfNeeded: index), hash)
  }

  /// The next 32 bits of the stream.
  package mutating func nextWord() -> UInt32 {
    if used == 4 {
      let counter = [
        UInt32(truncatingIfNeeded: block), UInt32(truncatingIfNeeded: block >> 32), stream.0,
        stream.1,
      ]
      let output = Self.philox(counter: counter, key: [key.0, key.1])
      words = (output[0], output[1], output[2], output[3])
      block += 1
      used = 0
    }
    used += 1
    switch used {
    case 1: return words.0
    case 2: return words.1
    case 3: return words.2
    default: return words.3
    }
  }

  /// The next 64 bits of the stream.
  package mutating func next() -> UInt64 {
    let low = nextWord()
    return UInt64(nextWord()) << 32 | UInt64(low)
  }

  /// The Philox bijection; tests compare it with the published vectors.
  static func philox(counter: [UInt32], key: [UInt32]) -> [UInt32] {
    var output: [UInt32] = [0, 0, 0, 0]
    unsafe ck_philox(counter, key, &output)
    return output
  }

  /// Uniform in [0, 1), with 53 random bits.
  package mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Uniform in a half-open range.
  package mutating func uniform(_ range: Range<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// True with probability `p`.
  package mutating func bernoulli(_ p: Double) -> Bool { uniform() < p }

  /// Standard normal, by the Box–Muller transform, which takes two uniform numbers.
  package mutating func normal() -> Double {
    let radius = (-2 * ck_log(1 - uniform())).squareRoot()
    return radius * ck_cos(2 * Double.pi * uniform())
  }

  /// Standard normal, redrawn until it is in `range`.
  package mutating func truncatedNormal(_ range: ClosedRange<Double> = -2...2) -> Double {
    while true {
      let value = normal()
      if range.contains(value) { return value }
    }
  }

  /// Uniform in 0..<count without bias.
  ///
  /// - Source: Lemire, *Fast random integer generation in an interval* (2019).
  package mutating func below(_ count: Int) -> Int {
    precondition(count > 0, "nothing is below \(count)")
    let bound = UInt64(count)
    var (high, low) = next().multipliedFullWidth(by: bound)
    if low < bound {
      let threshold = (0 &- bound) % bound
      while low < threshold { (high, low) = next().multipliedFullWidth(by: bound) }
    }
    return Int(high)
  }

  /// Permutes the values at random, by the Fisher–Yates shuffle.
  package mutating func shuffle<Value>(_ values: inout [Value]) {
    for index in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(index, below(index + 1))
    }
  }

  /// 0..<count in random order.
  package mutating func permutation(_ count: Int) -> [Int32] {
    var order = (0..<Int32(count)).map { $0 }
    shuffle(&order)
    return order
  }
}
