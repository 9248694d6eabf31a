import Localization
import Markup

extension BarChart {
  /// A row for each category, a column for each series and for its errors.
  package var data: DataTable {
    DataTable(
      [.init(categoryLabel.isEmpty ? "category" : categoryLabel, .texts(categories))]
        + series.flatMap { series -> [DataTable.Column] in
          let name = series.name.isEmpty ? "value" : series.name
          let values = DataTable.Column(name, .numbers(series.values))
          guard let errors = series.errors else { return [values] }
          return [values, .init("\(name) ±", .numbers(errors))]
        })
  }

  /// The range of the bars and their whiskers.
  var extent: Extent {
    var extent = Extent()
    for series in series {
      for (index, number) in series.values.enumerated() {
        let error = series.errors.flatMap { $0.indices.contains(index) ? $0[index] : nil } ?? 0
        extent.add(number - (error.isFinite ? error : 0))
        extent.add(number + (error.isFinite ? error : 0))
      }
    }
    return extent
  }

  /// Bars from zero, or from the lower end of a logarithmic axis, with whiskers.
  package func draw(in context: DrawingContext) -> Drawing {
    let extent = extent
    var axis = value
    let scale = axis.niced(for: extent)
    // Bars on a logarithmic axis begin at its lower end.
    if scale.kind != .linear { axis.includesZero = false }
    let names = Categorical(categories)
    let isHorizontal =
      isHorizontal ?? !names.fitsVertically(length: Double(DrawingContext.narrowWidth - 50))
    let frame: Cartesian
    if isHorizontal {
      let rowHeight = max(24, 10 + 14 * series.count)
      frame = names.frame(
        value: axis, scale: scale, rowHeight: rowHeight, width: context.width,
        heading: categoryLabel)
    } else {
      let count = Double(max(categories.count, 1))
      frame = Cartesian(
        xAxis: Axis(
          categoryLabel,
          ticks: categories.enumerated().map { Axis.Tick(Double($0.offset), $0.element) }),
        yAxis: axis, x: AxisScale(.linear, -0.5...(count - 0.5)), y: scale, width: context.width,
        height: context.height ?? (context.isWide ? 240 : 200), isFluid: true)
    }
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    frame.write(to: &svg) { svg in
      for (index, series) in self.series.enumerated() {
        self.write(series, index, isHorizontal: isHorizontal, scale: scale, frame, to: &svg)
      }
    }
    if extent.isEmpty { svg.noData(context.words) }
    drawing.body = svg.bytes
    if series.count > 1 {
      drawing.legend = series.enumerated().map {
        LegendItem(name: $1.name, key: .area(color: ($1.style.color ?? $0) % 8))
      }
    }
    drawing.name = context.words.over(
      value.label.isEmpty ? series.first?.name ?? "" : value.label, categoryLabel)
    drawing.description = description(words: context.words)
    drawing.script = PointerReadout.rows(along: isHorizontal ? .y : .x, count: data.rowCount)
    drawing.table = data.html(
      id: context.id + "-data", caption: Label(title).plain, words: context.words)
    return drawing
  }

  private func write(
    _ series: Series, _ index: Int, isHorizontal: Bool, scale: AxisScale, _ frame: Cartesian,
    to svg: inout MarkupWriter
  ) {
    let zero = scale.kind == .log ? 0 : min(max(scale.position(0), 0), 1)
    let count = Double(max(categories.count, 1))
    let band = 0.76 / Double(max(self.series.count, 1))
    var bars = PathWriter()
    var whiskers = PathWriter()
    for (category, number) in series.values.enumerated() where category < categories.count {
      var end = scale.position(number)
      if number == .infinity { end = 1 }
      if number == -.infinity { end = 0 }
      guard end.isFinite else { continue }
      end = min(max(end, 0), 1)
      let from = (Double(category) + 0.12 + band * Double(index)) / count
      let to = from + (band - (self.series.count > 1 ? 0.03 : 0)) / count
      bars.rectangle(
        frame.plane, isHorizontal: isHorizontal, along: (from, to), across: (zero, end))
      if let errors = series.errors, errors.indices.contains(category), errors[category].isFinite {
        let low = min(max(scale.position(number - errors[category]), 0), 1)
        let high = min(max(scale.position(number + errors[category]), 0), 1)
        guard low.isFinite || scale.kind == .log, high.isFinite else { continue }
        whiskers.whisker(
          frame.plane, isHorizontal: isHorizontal, at: (from + to) / 2,
          from: low.isFinite ? low : 0,
          to: high, cap: band / count * 0.25)
      }
    }
    svg.raw("<g class=\"s c\((series.style.color ?? index) % 8)\" data-s=\"\(index)\">")
    svg.path("area", bars)
    svg.path("whisker", whiskers)
    svg.raw("</g>")
  }

  private func description(words: Words) -> String {
    var sentences: [String] = []
    for series in series {
      let pairs = zip(categories, series.values).filter { $0.1.isFinite }
      let name = Label(series.name.isEmpty ? value.label : series.name).plain
      guard let least = pairs.min(by: { $0.1 < $1.1 }), let most = pairs.max(by: { $0.1 < $1.1 })
      else {
        sentences.append(words(.nothingToDraw))
        continue
      }
      let n = { NumberText.reading($0, digits: 3) }
      let lead = name.isEmpty ? "" : name + words(.colon)
      if pairs.count <= 4 {
        sentences.append(
          lead
            + pairs.map { "\(Label($0.0).plain) \(n($0.1))" }
            .joined(separator: words(.comma)))
      } else {
        sentences.append(
          lead
            + words(
              .barRange(
                count: pairs.count, low: n(least.1), lowName: Label(least.0).plain, high: n(most.1),
                highName: Label(most.0).plain)))
      }
      let lost = series.values.count { !$0.isFinite }
      if lost > 0 {
        sentences.append(words(.valuesNotFinite(count: lost)))
      }
    }
    if sentences.isEmpty { sentences = [words(.nothingToDraw)] }
    return words.sentences(sentences)
  }
}

extension PathWriter {
  /// A bar between two positions along the categories and two along the values.
  mutating func rectangle(
    _ plane: Plane, isHorizontal: Bool, along: (Double, Double), across: (Double, Double)
  ) {
    let (x0, x1, y0, y1) =
      isHorizontal
      ? (plane.x(across.0), plane.x(across.1), plane.y(1 - along.0), plane.y(1 - along.1))
      : (plane.x(along.0), plane.x(along.1), plane.y(across.0), plane.y(across.1))
    move(to: x0, y0)
    line(to: x1, y0)
    line(to: x1, y1)
    line(to: x0, y1)
    close(startedAt: x0, y0)
  }

  mutating func whisker(
    _ plane: Plane, isHorizontal: Bool, at place: Double, from: Double, to: Double, cap: Double
  ) {
    func point(_ along: Double, _ across: Double) -> (Int, Int) {
      isHorizontal
        ? (plane.x(across), plane.y(1 - along)) : (plane.x(along), plane.y(across))
    }
    for (a, b) in [
      (point(place, from), point(place, to)), (point(place - cap, from), point(place + cap, from)),
      (point(place - cap, to), point(place + cap, to)),
    ] where a != b {
      move(to: a.0, a.1)
      line(to: b.0, b.1)
    }
  }
}
