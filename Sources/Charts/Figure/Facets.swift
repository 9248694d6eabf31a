import DecimalText
import Markup

/// A chart whose scales can be shared with its neighbors.
package protocol FacetedChart: Chart {
  /// The range of each scale when the chart is alone; scales without numbers are missing.
  var spans: [FacetScale: FacetSpan] { get }

  /// Widens a scale to the range common to all charts. A range given by the author is kept.
  mutating func widen(_ scale: FacetScale, to span: FacetSpan)
}

/// The scales that charts may have in common.
package enum FacetScale: Sendable, Hashable, CaseIterable {
  case x, y
  /// The scale from numbers to shades.
  case shade
}

/// The range of a scale.
package struct FacetSpan: Sendable, Hashable {
  /// From the minimum to the maximum that is shown.
  package var range: ClosedRange<Double>
  /// Whether the axis is logarithmic, by choice or by its data.
  package var isLogarithmic = false

  func union(_ other: FacetSpan) -> FacetSpan {
    FacetSpan(
      range: .init(
        spanning: min(range.lowerBound, other.range.lowerBound),
        max(range.upperBound, other.range.upperBound)),
      isLogarithmic: isLogarithmic || other.isLogarithmic)
  }
}

extension FacetedChart {
  /// The charts with each scale widened to the range common to all, so that they can be compared.
  package static func sharingScales(_ charts: [Self]) -> [Self] {
    var common: [FacetScale: FacetSpan] = [:]
    for chart in charts { common.merge(chart.spans) { $0.union($1) } }
    return charts.map { chart in
      var chart = chart
      for scale in FacetScale.allCases {
        if let span = common[scale] { chart.widen(scale, to: span) }
      }
      return chart
    }
  }
}

/// Common scales for charts side by side, or in successive frames.
package enum Facets {
  /// The charts with common scales if all are of one kind that has scales; otherwise unchanged.
  package static func sharingScales(_ charts: [any Chart]) -> [any Chart] {
    guard let first = charts.first as? any FacetedChart else { return charts }
    return sharing(charts, like: first)
  }

  private static func sharing<Kind: FacetedChart>(_ charts: [any Chart], like _: Kind)
    -> [any Chart]
  {
    let alike = charts.compactMap { $0 as? Kind }
    return alike.count == charts.count ? Kind.sharingScales(alike) : charts
  }
}

extension Axis {
  fileprivate mutating func widen(to span: FacetSpan) {
    range = range ?? span.range
    // Whether the axis is logarithmic is decided for all charts together.
    if scale == .automatic {
      scale = span.isLogarithmic && (range?.lowerBound ?? 0) > 0 ? .log : .linear
    }
  }
}

extension AxisScale {
  fileprivate var span: FacetSpan { FacetSpan(range: range, isLogarithmic: kind == .log) }
}

extension Extent {
  init(_ values: some Sequence<Double>) {
    for value in values { add(value) }
  }

  /// The scale's span; `nil` where there are no numbers.
  fileprivate func span(_ scale: (Extent) -> AxisScale) -> FacetSpan? {
    isEmpty ? nil : scale(self).span
  }
}

extension LineChart: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    let lines = lines()
    guard lines.contains(where: { !$0.extent.isEmpty }) else { return [:] }
    let (x, y) = scales(for: lines)
    return [.x: x.span, .y: y.span]
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .x { x.widen(to: span) } else if scale == .y { y.widen(to: span) }
  }
}

extension ScatterChart: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    var spans: [FacetScale: FacetSpan] = [:]
    spans[.x] = Extent(sets.flatMap(\.x)).span { x.resolved(for: $0, margin: 0.05) }
    spans[.y] = Extent(sets.flatMap(\.y)).span { y.resolved(for: $0, margin: 0.05) }
    return spans
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .x { x.widen(to: span) } else if scale == .y { y.widen(to: span) }
  }
}

extension BoundaryChart: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    guard let field = fields.first else { return [:] }
    return [.x: FacetSpan(range: field.x), .y: FacetSpan(range: field.y)]
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .x { x.widen(to: span) } else if scale == .y { y.widen(to: span) }
  }
}

extension ContourChart: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    let heights = Extent(field.values)
    var spans = [FacetScale.x: FacetSpan(range: field.x), .y: FacetSpan(range: field.y)]
    if !heights.isEmpty {
      spans[.shade] = FacetSpan(range: .init(spanning: heights.low, heights.high))
    }
    return spans
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    switch scale {
    case .x: x.widen(to: span)
    case .y: y.widen(to: span)
    case .shade:
      levels = levels ?? niceLevels(Extent([span.range.lowerBound, span.range.upperBound]))
    }
  }
}

extension BarChart: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    let span = extent.span { value.niced(for: $0) }
    return span.map { [.y: $0] } ?? [:]
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .y { value.widen(to: span) }
  }
}

extension BoxChart: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    let span = Extent(groups.flatMap(\.samples)).span { value.niced(for: $0) }
    return span.map { [.x: $0] } ?? [:]
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .x { value.widen(to: span) }
  }
}

extension Histogram: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    var spans: [FacetScale: FacetSpan] = [:]
    let filled = series.filter { !$0.bins.counts.isEmpty }
    spans[.x] = Extent(filled.flatMap(\.bins.edges)).span { x.resolved(for: $0, margin: 0) }
    var counts = y
    counts.includesZero = true
    spans[.y] = Extent(filled.flatMap(\.bins.counts)).span { counts.niced(for: $0) }
    return spans
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .x { x.widen(to: span) } else if scale == .y { y.widen(to: span) }
  }
}

extension RidgelineChart: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    let edges = ridges.filter { !$0.bins.counts.isEmpty }.flatMap(\.bins.edges)
    let span = Extent(edges).span { x.resolved(for: $0, margin: 0) }
    return span.map { [.x: $0] } ?? [:]
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .x { x.widen(to: span) }
  }
}

extension HeatMap: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    let extent = Extent(values)
    return extent.isEmpty
      ? [:] : [.shade: FacetSpan(range: .init(spanning: extent.low, extent.high))]
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .shade { range = range ?? span.range }
  }
}

extension ImageGrid: FacetedChart {
  package var spans: [FacetScale: FacetSpan] {
    let extent = Extent(images.flatMap { $0.channels.flatMap(\.self) })
    return extent.isEmpty
      ? [:] : [.shade: FacetSpan(range: .init(spanning: extent.low, extent.high))]
  }

  package mutating func widen(_ scale: FacetScale, to span: FacetSpan) {
    if scale == .shade { range = range ?? span.range }
  }
}
