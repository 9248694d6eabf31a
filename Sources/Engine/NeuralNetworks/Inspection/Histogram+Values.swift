internal import Tensors

extension Histogram {
  /// Equal intervals from the smallest to the largest finite value.
  init(_ values: [Double], bins: Int = 41) {
    let finite = values.filter { $0.isFinite }
    var (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    if low == high {
      // Half of 1, or enough to change the number.
      let reach = max(0.5, low.magnitude.ulp * 16)
      low -= reach
      high += reach
    }
    self.init(values, over: .init(spanning: low, high), bins: bins)
  }

  /// Equal intervals over a range that contains all finite values.
  init(_ values: [Double], over range: ClosedRange<Double>, bins: Int) {
    let (low, high) = (range.lowerBound, range.upperBound)
    var counts = [Int](repeating: 0, count: bins)
    for value in values where value.isFinite {
      let place = Int(clamped: (value - low) / (high - low) * Double(bins))
      counts[min(bins - 1, max(0, place))] += 1
    }
    self.init(range: range, counts: counts)
  }
}
