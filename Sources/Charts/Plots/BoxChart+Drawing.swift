import DecimalText
import Localization
import Markup

extension BoxChart {
  /// The five-number summary of a sample, with whiskers and outliers.
  struct Summary: Sendable {
    var minimum: Double
    var lower: Double
    var median: Double
    var upper: Double
    var maximum: Double
    var whiskers: (low: Double, high: Double)
    var outliers: [Double]

    /// Fails if no sample is finite. Quartiles are interpolated linearly, as in numpy.
    init?(_ samples: [Double]) {
      let sorted = samples.filter(\.isFinite).sorted()
      guard let first = sorted.first, let last = sorted.last else { return nil }
      func quantile(_ share: Double) -> Double {
        let place = share * Double(sorted.count - 1)
        let below = min(max(Int(clamped: place), 0), sorted.count - 1)
        let above = min(below + 1, sorted.count - 1)
        let share = place - Double(below)
        // Not computed from the difference, which may overflow.
        return sorted[below] * (1 - share) + sorted[above] * share
      }
      minimum = first
      maximum = last
      lower = quantile(0.25)
      median = quantile(0.5)
      upper = quantile(0.75)
      let reach = 1.5 * (upper - lower)
      let low = lower - reach
      let high = upper + reach
      whiskers = (sorted.first { $0 >= low } ?? first, sorted.last { $0 <= high } ?? last)
      outliers = sorted.filter { $0 < low || $0 > high }
    }
  }

  /// Each sample with the name of its group.
  package var data: DataTable {
    DataTable([
      .init(
        groupLabel.isEmpty ? "group" : groupLabel,
        .texts(groups.flatMap { group in group.samples.map { _ in group.name } })),
      .init(value.label.isEmpty ? "value" : value.label, .numbers(groups.flatMap(\.samples))),
    ])
  }

  /// A horizontal box for each group, from the top.
  package func draw(in context: DrawingContext) -> Drawing {
    var extent = Extent()
    for group in groups { extent.add(group.samples) }
    let scale = value.niced(for: extent)
    let frame = Categorical(groups.map(\.name)).frame(
      value: value, scale: scale, rowHeight: 34, width: context.width, heading: groupLabel)
    let summaries = groups.map { Summary($0.samples) }
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    let count = Double(max(groups.count, 1))
    frame.write(to: &svg) { svg in
      for (index, summary) in summaries.enumerated() {
        guard let summary else { continue }
        let middle = (Double(index) + 0.5) / count
        let half = 0.3 / count
        let place = { min(max(scale.position($0), 0), 1) }
        var box = PathWriter()
        box.rectangle(
          frame.plane, isHorizontal: true, along: (middle - half, middle + half),
          across: (place(summary.lower), place(summary.upper)))
        var whiskers = PathWriter()
        whiskers.whisker(
          frame.plane, isHorizontal: true, at: middle, from: place(summary.whiskers.low),
          to: place(summary.lower), cap: half * 0.4)
        whiskers.whisker(
          frame.plane, isHorizontal: true, at: middle, from: place(summary.whiskers.high),
          to: place(summary.upper), cap: half * 0.4)
        var median = PathWriter()
        let x = frame.plane.x(place(summary.median))
        median.move(to: x, frame.plane.y(1 - (middle - half)))
        median.line(to: x, frame.plane.y(1 - (middle + half)))
        var outliers = PathWriter()
        for value in summary.outliers {
          outliers.dot(at: frame.plane.x(place(value)), frame.plane.y(1 - middle))
        }
        svg.raw("<g class=\"s c\((groups[index].style.color ?? 0) % 8)\">")
        svg.path("whisker colored", whiskers)
        svg.path("box", box)
        svg.path("median", median)
        svg.path("dot small", outliers)
        svg.raw("</g>")
      }
    }
    if extent.isEmpty { svg.noData(context.words) }
    drawing.body = svg.bytes
    drawing.name = context.words.over(value.label, groupLabel)
    let words = context.words
    let n = { NumberText.reading($0, digits: 3) }
    let parts = zip(groups, summaries).compactMap { group, summary in
      summary.map {
        words(
          .boxSummary(
            name: Label(group.name).plain, median: n($0.median), lower: n($0.lower),
            upper: n($0.upper), minimum: n($0.minimum), maximum: n($0.maximum)))
      }
    }
    drawing.description = words.sentences(
      (parts.isEmpty ? [words(.nothingToDraw)] : parts)
        + [words.notFinite(extent.lostCount)])
    drawing.script = PointerReadout.rows(along: .y, count: groups.count)
    let column = { (name: String, value: (Summary) -> Double) in
      DataTable.Column(name, .numbers(summaries.map { $0.map(value) ?? .nan }))
    }
    drawing.table = DataTable([
      .init(groupLabel.isEmpty ? words(.group) : groupLabel, .texts(groups.map(\.name))),
      column(words(.minimum), \.minimum), column(words(.lowerQuartile), \.lower),
      column(words(.median), \.median), column(words(.upperQuartile), \.upper),
      column(words(.maximum), \.maximum),
    ]).html(id: context.id + "-data", caption: Label(title).plain, words: words)
    return drawing
  }
}
