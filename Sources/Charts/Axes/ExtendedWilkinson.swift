import DecimalText

/// Nice numbers along a range, by the extended Wilkinson algorithm.
///
/// - Source: Talbot, Lin, Hanrahan, *An Extension of Wilkinson's Algorithm for Positioning Tick
///   Labels on Axes*, InfoVis 2010. Legibility is left to the caller, who measures the text.
enum ExtendedWilkinson {
  private static let niceSteps: [(tenths: Int, value: Double)] = [
    (10, 1), (50, 5), (20, 2), (25, 2.5), (40, 4), (30, 3),
  ]
  private static let weights = (simplicity: 0.25, coverage: 0.2, density: 0.5, legibility: 0.05)

  /// - Parameters:
  ///   - range: Finite, not empty, within ±10¹⁵⁰.
  ///   - count: The desired number of ticks.
  ///   - wholeOnly: Whether fractions are excluded.
  static func numbers(_ range: ClosedRange<Double>, count: Int, wholeOnly: Bool = false)
    -> [DecimalNumber]
  {
    let low = range.lowerBound
    let high = range.upperBound
    let span = high - low
    guard span > 0, span.isFinite else { return [] }
    let wanted = Double(max(count, 2))
    var bestScore = -2.0
    var best: (start: Int, j: Int, k: Int, tenths: Int, z: Int)?
    var j = 1
    search: while j < 20 {
      for (order, q) in niceSteps.enumerated() {
        let simplicityMost = 1 - Double(order) / 5 - Double(j) + 1
        if score(simplicityMost, 1, 1) < bestScore { break search }
        var k = 2
        while k < 60 {
          let densityMost = Double(k) >= wanted ? 2 - Double(k - 1) / (wanted - 1) : 1
          if score(simplicityMost, 1, densityMost) < bestScore { break }
          let delta = span / Double((k + 1) * j) / q.value
          var z = Logarithm.exponent(delta)
          if Logarithm.power(z) < delta { z += 1 }
          while z < 300 {
            let unit = q.value * Logarithm.power(z)
            let step = Double(j) * unit
            let reach = step * Double(k - 1)
            let coverageMost =
              reach > span ? 1 - square((reach - span) / 2) / square(0.1 * span) : 1
            if score(simplicityMost, coverageMost, densityMost) < bestScore { break }
            if !wholeOnly || z >= 1 || (z == 0 && q.tenths % 10 == 0) {
              let first = Int(clamped: (high / step).rounded(.down)) * j - (k - 1) * j
              let last = Int(clamped: (low / step).rounded(.up)) * j
              if first <= last {
                for start in first...last {
                  let from = Double(start) * unit
                  let to = from + reach
                  let hasZero = start <= 0 && (start % j == 0) && start + j * (k - 1) >= 0
                  let s = 1 - Double(order) / 5 - Double(j) + (hasZero ? 1 : 0)
                  let c = 1 - 0.5 * (square(high - to) + square(low - from)) / square(0.1 * span)
                  let r = Double(k - 1) / reach
                  let t = (wanted - 1) / (max(high, to) - min(low, from))
                  let d = 2 - max(r / t, t / r)
                  let total = score(s, c, d)
                  if total > bestScore {
                    bestScore = total
                    best = (start, j, k, q.tenths, z)
                  }
                }
              }
            }
            z += 1
          }
          k += 1
        }
      }
      j += 1
    }
    guard let best else { return [] }
    return (0..<best.k).map { index in
      DecimalNumber(digits: (best.start + index * best.j) * best.tenths, exponent: best.z - 1)
    }
  }

  private static func square(_ x: Double) -> Double { x * x }

  private static func score(_ simplicity: Double, _ coverage: Double, _ density: Double) -> Double {
    weights.simplicity * simplicity + weights.coverage * coverage + weights.density * density
      + weights.legibility
  }
}
