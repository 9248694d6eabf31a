import DecimalText

/// A fully resolved axis: maps numbers to positions between 0 and 1.
struct AxisScale: Sendable {
  enum Kind: Sendable, Hashable {
    case linear
    case log
    case symlog(threshold: Double)
  }

  let kind: Kind
  /// The numbers at both ends.
  let range: ClosedRange<Double>
  /// The position is `(transformed − offset) · slope`.
  private let offset: Double
  private let slope: Double
  /// Factor applied to numbers near the largest representable, so that their difference is finite,
  /// and near the smallest, so that their quotient is.
  private let shrink: Double

  init(_ kind: Kind, _ range: ClosedRange<Double>) {
    self.kind = kind
    self.range = range
    let most = max(range.lowerBound.magnitude, range.upperBound.magnitude)
    shrink = kind != .linear ? 1 : most > 1e300 ? 0x1p-20 : most < 0x1p-900 ? 0x1p120 : 1
    let low = Self.transform(range.lowerBound * shrink, kind)
    let high = Self.transform(range.upperBound * shrink, kind)
    offset = low
    slope = high > low ? 1 / (high - low) : 0
  }

  /// The position of a number between the ends, 0 to 1; NaN where the scale cannot show it.
  func position(_ value: Double) -> Double {
    (Self.transform(value * shrink, kind) - offset) * slope
  }

  private static func transform(_ value: Double, _ kind: Kind) -> Double {
    switch kind {
    case .linear: value
    case .log: value > 0 ? (value.isFinite ? Logarithm.log10(value) : .infinity) : .nan
    case .symlog(let threshold):
      if value.magnitude <= threshold {
        value / threshold
      } else if value.isFinite {
        (1 + Logarithm.log10(value.magnitude / threshold)) * (value < 0 ? -1 : 1)
      } else {
        value
      }
    }
  }

  /// The scale for the page's script, which turns positions into numbers: the kind and both ends,
  /// transformed.
  var attribute: String {
    let kindName =
      switch kind {
      case .linear: "linear"
      case .log: "log"
      case .symlog(let threshold): "symlog:\(shortest(threshold))"
      }
    let ends = [range.lowerBound, range.upperBound].map { shortest(Self.transform($0, kind)) }
    return "\(kindName),\(ends[0]),\(ends[1])"
  }
}

/// Minimum and maximum of numbers, and counts of those that are not finite.
struct Extent: Sendable {
  var low = Double.infinity
  var high = -Double.infinity
  /// The minimum of the numbers above zero.
  var leastPositive = Double.infinity
  var finiteCount = 0
  var missingCount = 0
  var infiniteCount = 0

  mutating func add(_ value: Double) {
    if value.isFinite {
      finiteCount += 1
      if value < low { low = value }
      if value > high { high = value }
      if value > 0, value < leastPositive { leastPositive = value }
    } else if value.isNaN {
      missingCount += 1
    } else {
      infiniteCount += 1
    }
  }

  mutating func add(_ values: [Double]) { for value in values { add(value) } }

  var isEmpty: Bool { finiteCount == 0 }

  /// How many of the numbers are NaN or infinite.
  var lostCount: Int { missingCount + infiniteCount }
}

extension Axis {
  /// The scale for data of the given extent.
  ///
  /// - Parameters:
  ///   - margin: Fraction of the range left free at both ends.
  func resolved(for extent: Extent, margin: Double) -> AxisScale {
    let kind = resolvedKind(for: extent)
    if let range, range.upperBound > range.lowerBound, range.upperBound.isFinite,
      range.lowerBound.isFinite, kind != .log || range.lowerBound > 0
    {
      return AxisScale(kind, range)
    }
    var low = extent.low
    var high = extent.high
    switch kind {
    case .log:
      low = extent.leastPositive
      guard low.isFinite, high > 0 else { return AxisScale(.log, 0.1...1) }
      low = max(low, 1e-300)
      high = max(high, low)
      let first = Logarithm.log10(low)
      let last = Logarithm.log10(high)
      if last - first < 1e-9 {
        return AxisScale(.log, .init(spanning: max(low / 10, 1e-300), min(high * 10, Self.most)))
      }
      // A margin at both ends.
      let room = Self.exp10((last - first) * margin)
      return AxisScale(.log, .init(spanning: max(low / room, 1e-300), min(high * room, Self.most)))
    case .linear, .symlog:
      guard !extent.isEmpty else { return AxisScale(kind == .linear ? .linear : kind, 0...1) }
      if includesZero {
        low = min(low, 0)
        high = max(high, 0)
      }
      let magnitude = max(low.magnitude, high.magnitude)
      if high * 0.5 - low * 0.5 <= magnitude * 1e-12 {
        // A single number is placed in the middle of a range derived from its magnitude.
        let reach = low == 0 ? 1 : min(magnitude * 0.2, 1e307)
        return AxisScale(
          kind, .init(spanning: max(low - reach, -Self.most), min(high + reach, Self.most)))
      }
      let room = (high * 0.5 - low * 0.5) * 2 * margin
      if room.isFinite, kind == .linear {
        // The margin never crosses zero if the data does not.
        if low >= 0 { low = max(low - room, 0) } else { low -= room }
        if high <= 0 { high = min(high + room, 0) } else { high += room }
      }
      return AxisScale(kind, .init(spanning: max(low, -Self.most), min(high, Self.most)))
    }
  }

  /// The end of an axis whose data reaches the largest number.
  private static let most = 1.7e308

  private func resolvedKind(for extent: Extent) -> AxisScale.Kind {
    switch scale {
    case .linear: .linear
    case .log: .log
    case .symlog(let threshold): .symlog(threshold: threshold > 0 ? threshold : 1)
    case .automatic:
      extent.low > 0 && extent.high / extent.low > 1000 && extent.high.isFinite ? .log : .linear
    }
  }

  /// 10ˣ for small x, by its Taylor series; for margins only, where the last digits do not matter.
  private static func exp10(_ x: Double) -> Double {
    let y = x * 2.302_585_092_994_046
    let n = max(1, Int(clamped: y.magnitude.rounded(.up)))
    let z = y / Double(n)
    var term = 1.0
    var sum = 1.0
    for i in 1..<18 {
      term *= z / Double(i)
      sum += term
    }
    return (0..<n).reduce(1.0) { product, _ in product * sum }
  }
}
