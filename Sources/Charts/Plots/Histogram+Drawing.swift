import Localization
import Markup

extension Histogram {
  /// Each bin with its edges and its count, for all series side by side.
  package var data: DataTable {
    var columns: [DataTable.Column] = []
    for series in series {
      let lead = self.series.count == 1 || series.name.isEmpty ? "" : series.name + " "
      let edges = series.bins.edges
      columns += [
        .init(lead + "from", .numbers(Array(edges.dropLast()))),
        .init(lead + "to", .numbers(Array(edges.dropFirst()))),
        .init(lead + (y.label.isEmpty ? "count" : y.label), .numbers(series.bins.counts)),
      ]
    }
    return DataTable(columns)
  }

  /// Series over the same bins share the columns of their edges.
  private var pageTable: DataTable {
    guard series.count > 1, sharesBins else { return data }
    let all = data.columns
    return DataTable(
      [.init("from", all[0].values), .init("to", all[1].values)]
        + series.enumerated().map { .init($1.name, all[3 * $0 + 2].values) })
  }

  private var sharesBins: Bool {
    series.dropFirst().allSatisfy { $0.bins.edges == series[0].bins.edges }
  }

  /// Rows of the table, one per bin; the outlines if series have different bins.
  private func reading(_ frame: Cartesian) -> PointerReadout.Attributes {
    guard let first = series.first?.bins, !first.counts.isEmpty else { return [] }
    if sharesBins, pageTable.pageRows().count == first.counts.count {
      return PointerReadout.rows(
        along: .x,
        places: zip(first.edges, first.edges.dropFirst()).map { frame.x.position($0 / 2 + $1 / 2) })
    }
    return PointerReadout.lines(
      series.map { Label($0.name).plain }, x: frame.x, y: frame.y,
      xName: x.label.isEmpty ? "x" : Label(x.label).plain, count: PointerReadout.mostPlaces)
  }

  /// Filled steps over the bins, translucent if there are several series.
  package func draw(in context: DrawingContext) -> Drawing {
    var xs = Extent()
    var ys = Extent()
    for series in series where !series.bins.counts.isEmpty {
      xs.add(series.bins.edges)
      ys.add(series.bins.counts)
    }
    var countAxis = y
    countAxis.includesZero = true
    let frame = Cartesian(
      xAxis: x, yAxis: countAxis, x: x.resolved(for: xs, margin: 0), y: countAxis.niced(for: ys),
      width: context.width, height: context.height ?? (context.isWide ? 240 : 180), isFluid: true)
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    frame.write(to: &svg) { svg in
      for (index, series) in self.series.enumerated() {
        let outline = series.bins.outline(on: frame, base: 0)
        svg.raw("<g class=\"s c\((series.style.color ?? index) % 8)\" data-s=\"\(index)\">")
        svg.path(self.series.count == 1 ? "area soft" : "band", outline.area)
        let dash = series.style.dash ?? Dash(rawValue: index % Dash.allCases.count)!
        svg.path(dash == .solid ? "line thin" : "line thin d\(dash.rawValue)", outline.line)
        svg.raw("</g>")
      }
    }
    if ys.isEmpty { svg.noData(context.words) }
    drawing.body = svg.bytes
    if series.count > 1 {
      drawing.legend = series.enumerated().map {
        LegendItem(
          name: $1.name,
          key: .line(
            color: ($1.style.color ?? $0) % 8,
            dash: $1.style.dash ?? Dash(rawValue: $0 % Dash.allCases.count)!, marker: nil))
      }
    }
    drawing.name = context.words.over(y.label, x.label)
    drawing.description = context.words.sentences(
      series.isEmpty
        ? [context.words(.nothingToDraw)]
        : series.map {
          $0.bins.description(Label($0.name.isEmpty ? x.label : $0.name).plain, context.words)
        } + [context.words.notFinite(xs.lostCount + ys.lostCount)])
    drawing.script = reading(frame)
    drawing.table = pageTable.html(
      id: context.id + "-data", caption: Label(title).plain, words: context.words)
    return drawing
  }
}
