import Markup

extension TableChart {
  package var data: DataTable {
    DataTable(
      columns.enumerated().flatMap { index, column -> [DataTable.Column] in
        let cells = rows.map { $0[index] }
        let isNumeric = cells.allSatisfy {
          switch $0 {
          case .number, .spread, .empty: true
          default: false
          }
        }
        guard isNumeric, !cells.isEmpty else {
          // Small lines are pictures of numbers that stand elsewhere.
          if cells.allSatisfy({ $0.isPicture }) { return [] }
          return [.init(column.name, .texts(cells.map(\.plain)))]
        }
        var result = [
          DataTable.Column(
            column.name,
            .numbers(
              cells.map {
                switch $0 {
                case .number(let value), .spread(let value, _): value
                default: .nan
                }
              }))
        ]
        let hasSpread = cells.contains {
          if case .spread = $0 { true } else { false }
        }
        if hasSpread {
          result.append(
            .init(
              "\(column.name) ±",
              .numbers(
                cells.map { if case .spread(_, let deviation) = $0 { deviation } else { .nan } })))
        }
        return result
      })
  }

  package func draw(in context: DrawingContext) -> Drawing {
    var drawing = Drawing(.markup, title: title)
    let best = columns.indices.map { bestRows(of: $0) }
    let isNumeric = columns.indices.map { index in
      rows.contains { $0[index].number != nil } && !rows.contains { $0[index].isText }
    }
    var html = MarkupWriter()
    html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"")
    html.text(title.isEmpty ? context.words("table", "表格") : Label(title).plain)
    html.raw("\"><table class=\"results\"><thead><tr>")
    for (index, column) in columns.enumerated() {
      html.raw(isNumeric[index] ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
      html.raw(Label(column.name).html)
      html.raw("</th>")
    }
    html.raw("</tr></thead><tbody>")
    for (row, cells) in rows.enumerated() {
      html.raw("<tr>")
      for (index, cell) in cells.enumerated() {
        let isHead = index == 0 && cell.isText
        let tag = isHead ? "th" : "td"
        html.raw(
          "<\(tag)\(isHead ? " scope=\"row\"" : "")\(isNumeric[index] ? " class=\"number\"" : "")>")
        let isBest = best[index].contains(row)
        if isBest { html.raw("<strong>") }
        cell.write(as: columns[index], to: &html)
        if isBest { html.raw("</strong>") }
        html.raw("</\(tag)>")
      }
      html.raw("</tr>")
    }
    html.raw("</tbody></table></div>")
    drawing.body = html.bytes
    drawing.description = description(best, context.words)
    return drawing
  }

  /// Rows with the best number of a column; none where all are alike.
  private func bestRows(of column: Int) -> Set<Int> {
    let numbers = rows.enumerated().compactMap { row, cells in
      cells[column].number.flatMap { $0.isFinite ? (row, $0) : nil }
    }
    guard columns[column].best != .none, numbers.count > 1,
      let least = numbers.map(\.1).min(), let most = numbers.map(\.1).max(), least < most
    else { return [] }
    let best = columns[column].best == .least ? least : most
    return Set(numbers.filter { $0.1 == best }.map(\.0))
  }

  private func description(_ best: [Set<Int>], _ words: FigureWords) -> String {
    var sentences = [
      words(
        "a table of \(rows.count) rows and \(columns.count) columns",
        "\(rows.count) 行 \(columns.count) 列的表格")
    ]
    for (index, rows) in best.enumerated() {
      guard let row = rows.min(), let first = self.rows[row].first else { continue }
      sentences.append(
        words(
          "the best \(Label(columns[index].name).plain) is \(self.rows[row][index].plain) (\(first.plain))",
          "\(Label(columns[index].name).plain) 最好的是 \(self.rows[row][index].plain)（\(first.plain)）"
        ))
    }
    return words.sentences(sentences)
  }
}

extension TableChart.Cell {
  var number: Double? {
    switch self {
    case .number(let value), .spread(let value, _): value
    default: nil
    }
  }

  var isText: Bool {
    switch self {
    case .text, .markup: true
    default: false
    }
  }

  var isPicture: Bool {
    switch self {
    case .line, .curve, .empty: true
    default: false
    }
  }

  var plain: String {
    switch self {
    case .text(let text): Label(text).plain
    case .markup(_, let plain): plain
    case .number(let value): NumberText.reading(value)
    case .spread(let mean, let deviation):
      "\(NumberText.reading(mean)) ± \(NumberText.reading(deviation, digits: 2))"
    case .line, .curve, .empty: ""
    }
  }

  func write(as column: TableChart.Column, to html: inout MarkupWriter) {
    func text(_ value: Double, digits: Int = 4) -> String {
      if column.format == .percent, value.isFinite {
        return NumberText.fixed(value * 100, column.decimals ?? 1) + "%"
      }
      if column.format == .whole, value.isFinite { return NumberText.fixed(value, 0) }
      if let decimals = column.decimals { return NumberText.fixed(value, decimals) }
      return NumberText.reading(value, digits: digits)
    }
    switch self {
    case .text(let source): html.raw(Label(source).html)
    case .markup(let markup, _): html.raw(markup)
    case .number(let value): html.text(text(value))
    case .spread(let mean, let deviation):
      html.text("\(text(mean)) ± \(text(deviation, digits: 2))")
    case .line(let y): Sparkline.write(x: y.indices.map(Double.init), y: y, to: &html)
    case .curve(let x, let y): Sparkline.write(x: x, y: y, to: &html)
    case .empty: break
    }
  }
}

/// A line the size of a word: a shape, not numbers to read off.
enum Sparkline {
  static let width = 96
  static let height = 24

  static func write(x: [Double], y: [Double], to html: inout MarkupWriter) {
    let line = LineChart(series: [.init("", x: x, y: y)]).lines()[0]
    var xs = Extent()
    var ys = Extent()
    for (x, y) in zip(line.x, line.y) where y.isFinite {
      xs.add(x)
      ys.add(y)
    }
    html.raw(
      "<svg class=\"spark c0\" width=\"\(width)\" height=\"\(height)\" aria-hidden=\"true\">")
    if !xs.isEmpty {
      var path = PathWriter()
      let spanX = xs.high - xs.low
      let spanY = ys.high - ys.low
      var px: [Double] = []
      var py: [Double] = []
      for (x, y) in zip(line.x, line.y) where y.isFinite && x.isFinite {
        px.append(2 + (spanX > 0 ? (x - xs.low) / spanX : 0.5) * Double(width - 4))
        py.append(2 + (spanY > 0 ? 1 - (y - ys.low) / spanY : 0.5) * Double(height - 4))
      }
      let kept = Thinning.kept(px, py, in: 0..<px.count, tolerance: 0.3)
      for (order, at) in kept.enumerated() {
        let x = Int((px[at] * 10).rounded())
        let y = Int((py[at] * 10).rounded())
        if order == 0 { path.move(to: x, y) } else { path.line(to: x, y) }
      }
      html.raw("<g transform=\"scale(.1)\">")
      if ys.low < 0, ys.high > 0 {
        var zero = PathWriter()
        let y = Int(((2 + ys.high / spanY * Double(height - 4)) * 10).rounded())
        zero.move(to: 20, y)
        zero.line(to: (width - 2) * 10, y)
        html.path("grid", zero)
      }
      html.path("line thin", path)
      html.raw("</g>")
    }
    html.raw("</svg>")
  }
}
