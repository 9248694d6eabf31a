extension LineChart {
  /// The charts with the range of each axis that holds them all, so that they can be compared.
  ///
  /// An axis whose range is given keeps it.
  package static func sharingScales(_ charts: [LineChart]) -> [LineChart] {
    var xs: ClosedRange<Double>?
    var ys: ClosedRange<Double>?
    var isLogarithmic = (x: false, y: false)
    for chart in charts {
      let lines = chart.lines()
      guard lines.contains(where: { !$0.extent.isEmpty }) else { continue }
      let (x, y) = chart.scales(for: lines)
      isLogarithmic.x = isLogarithmic.x || x.kind == .log
      isLogarithmic.y = isLogarithmic.y || y.kind == .log
      xs = xs.map { $0.union(x.range) } ?? x.range
      ys = ys.map { $0.union(y.range) } ?? y.range
    }
    return charts.map { chart in
      var chart = chart
      chart.x.share(xs, isLogarithmic: isLogarithmic.x)
      chart.y.share(ys, isLogarithmic: isLogarithmic.y)
      return chart
    }
  }
}

extension Axis {
  fileprivate mutating func share(_ common: ClosedRange<Double>?, isLogarithmic: Bool) {
    range = range ?? common
    // Whether the axis is logarithmic is decided for all together.
    if scale == .automatic {
      scale = isLogarithmic && (range?.lowerBound ?? 0) > 0 ? .log : .linear
    }
  }
}

extension ClosedRange<Double> {
  fileprivate func union(_ other: ClosedRange<Double>) -> ClosedRange<Double> {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}
