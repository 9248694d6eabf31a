/// Makes an input smaller as long as it still fails, by removing whole files, then lines, then
/// bytes, in progressively smaller parts.
///
/// - Source: Zeller, Hildebrandt, *Simplifying and isolating failure-inducing input* (2002),
///   without its complements: parts are removed, but never tried alone.
package struct Minimizer {
  /// The number of inputs that may still be tried.
  package private(set) var triesLeft: Int
  private let fails: (FuzzInput) -> Bool

  package init(tries: Int, fails: @escaping (FuzzInput) -> Bool) {
    triesLeft = tries
    self.fails = fails
  }

  /// The smallest input found; `input` itself must fail.
  package mutating func minimize(_ input: FuzzInput) -> FuzzInput {
    var best = input
    for index in best.files.indices.reversed() where best.files.count > 1 {
      var smaller = best
      smaller.files.remove(at: index)
      if stillFails(smaller) { best = smaller }
    }
    for separator: UInt8? in [UInt8(ascii: "\n"), nil] {
      for index in best.files.indices {
        let pieces = Self.pieces(best.files[index].bytes, separator)
        best = shrink(best, index, pieces)
      }
    }
    return best
  }

  private mutating func stillFails(_ input: FuzzInput) -> Bool {
    guard triesLeft > 0 else { return false }
    triesLeft -= 1
    return fails(input)
  }

  private static func pieces(_ bytes: [UInt8], _ separator: UInt8?) -> [ArraySlice<UInt8>] {
    guard let separator else { return bytes.indices.map { bytes[$0...$0] } }
    var pieces: [ArraySlice<UInt8>] = []
    var start = 0
    for end in bytes.indices where bytes[end] == separator {
      pieces.append(bytes[start...end])
      start = end + 1
    }
    return start < bytes.count ? pieces + [bytes[start...]] : pieces
  }

  private mutating func shrink(
    _ input: FuzzInput, _ index: Int, _ all: [ArraySlice<UInt8>]
  ) -> FuzzInput {
    var best = input
    var pieces = all
    var size = max(1, pieces.count / 2)
    while !pieces.isEmpty, triesLeft > 0 {
      var start = 0
      var wasShrunk = false
      while start < pieces.count, triesLeft > 0 {
        let fewer = Array(pieces[..<start] + pieces[min(pieces.count, start + size)...])
        var smaller = best
        smaller.files[index].bytes = fewer.flatMap(\.self)
        if stillFails(smaller) {
          best = smaller
          pieces = fewer
          wasShrunk = true
        } else {
          start += size
        }
      }
      if size == 1, !wasShrunk { break }
      size = max(1, size / 2)
    }
    return best
  }
}
