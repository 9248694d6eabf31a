/// The random numbers from which inputs are made; they depend only on a seed.
///
/// - Source: Steele, Lea, Flood, *Fast splittable pseudorandom number generators* (SplitMix64).
package struct FuzzRandom: Sendable {
  private var state: UInt64

  package init(seed: UInt64) { state = seed }

  /// The numbers of one input, which differ for each seed, target and index.
  package init(seed: UInt64, target: String, index: Int) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in target.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    state = seed &* 0x9E37_79B9_7F4A_7C15 ^ hash
    state = next() ^ UInt64(truncatingIfNeeded: index) &* 0xD1B5_4A32_D192_ED03
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A number from 0 up to, but not including, `bound`; 0 if there is none.
  package mutating func below(_ bound: Int) -> Int {
    bound <= 1 ? 0 : Int(next() % UInt64(bound))
  }

  /// Returns true once in `count` times, on average.
  package mutating func once(in count: Int) -> Bool { below(count) == 0 }

  /// - Precondition: The collection is not empty.
  package mutating func element<C: RandomAccessCollection>(of choices: C) -> C.Element {
    precondition(!choices.isEmpty, "nothing to choose from")
    return choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
  }

  /// A count that is usually small but now and then up to `most`.
  package mutating func count(upTo most: Int) -> Int {
    switch below(8) {
    case 0: 1 + below(most)
    case 1: 1 + below(max(1, most / 30))
    default: 1 + below(min(4, most))
    }
  }
}
