import Localization
import Markup

extension TableChart {
  /// The numbers of all columns, with means and deviations in separate columns; sparklines are
  /// omitted.
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
          // Sparklines show numbers that are elsewhere.
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

  /// The table as HTML, with long text below its row where the table would be too wide.
  package func draw(in context: DrawingContext) -> Drawing {
    var drawing = Drawing(.markup, title: title)
    let best = columns.indices.map { bestRows(of: $0) }
    let isNumeric = columns.indices.map { index in
      rows.contains { $0[index].number != nil } && !rows.contains { $0[index].isText }
    }
    let forms = forms
    let below = forms.indices.filter { forms[$0] == .below }
    let main = main(of: below)
    let beside = forms.indices.filter { forms[$0] != .below }
    var html = MarkupWriter()
    html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"")
    html.text(title.isEmpty ? context.words(.table) : Label(title).plain)
    html.raw("\"><table class=\"results\"><thead><tr>")
    func className(_ index: Int) -> String {
      isNumeric[index] ? " class=\"number\"" : forms[index] == .wrapped ? " class=\"words\"" : ""
    }
    for index in beside {
      html.raw("<th scope=\"col\"\(className(index))>")
      html.raw(Label(columns[index].name).html)
      html.raw("</th>")
    }
    html.raw("</tr></thead><tbody>")
    for (row, cells) in rows.enumerated() {
      let told = below.filter { !cells[$0].isEmpty }
      html.raw(told.isEmpty ? "<tr>" : "<tr class=\"led\">")
      for index in beside {
        let isHead = index == 0 && cells[index].isText
        let tag = isHead ? "th" : "td"
        html.raw("<\(tag)\(isHead ? " scope=\"row\"" : "")\(className(index))>")
        let isBest = best[index].contains(row)
        if isBest { html.raw("<strong>") }
        cells[index].write(as: columns[index], to: &html)
        if isBest { html.raw("</strong>") }
        html.raw("</\(tag)>")
      }
      html.raw("</tr>")
      guard !told.isEmpty else { continue }
      html.raw("<tr class=\"told\"><td colspan=\"\(beside.count)\">")
      for index in told {
        html.raw("<div>")
        if index != main {
          html.raw("<span class=\"what\">\(Label(columns[index].name).html)</span> ")
        }
        cells[index].write(as: columns[index], to: &html)
        html.raw("</div>")
      }
      html.raw("</td></tr>")
    }
    html.raw("</tbody></table></div>")
    drawing.body = html.bytes
    drawing.description = description(best, context.words)
    return drawing
  }

  /// Tables need the whole width.
  package var takesWholeRow: Bool { true }

  /// How a column's text is set: on one line, wrapped, or on separate lines below the rest of the
  /// row, where a wide table has no space for sentences.
  private enum Form { case straight, wrapped, below }

  private var forms: [Form] {
    var widths = columns.indices.map { index in
      rows.reduce(Label(columns[index].name).width(size: Self.textSize)) {
        max($0, $1[index].width)
      }
    }
    var forms = columns.indices.map { index -> Form in
      widths[index] > 230 && index > 0 && rows.allSatisfy { $0[index].canWrap }
        ? .wrapped : .straight
    }
    for index in forms.indices where forms[index] == .wrapped { widths[index] = 170 }
    // The longest text moves below first, as many columns as needed; two columns are always side by
    // side.
    let lengths = columns.indices.map { index in rows.reduce(0) { $0 + $1[index].width } }
    let longest = forms.indices.filter { forms[$0] == .wrapped }.sorted {
      lengths[$0] > lengths[$1]
    }
    for index in columns.count > 2 ? longest : [] {
      let total = forms.indices.filter { forms[$0] != .below }
        .reduce(0.0) { $0 + widths[$1] + Self.padding }
      if total > 480 { forms[index] = .below }
    }
    return forms
  }

  /// The column with the longest text, which needs no label before it.
  private func main(of below: [Int]) -> Int? {
    below.max { a, b in
      rows.reduce(0) { $0 + $1[a].width } < rows.reduce(0) { $0 + $1[b].width }
    }
  }

  static let textSize = 14.0
  static let padding = 20.0

  /// Rows with the best number of a column; none if all are equal.
  func bestRows(of column: Int) -> Set<Int> {
    let numbers = rows.enumerated().compactMap { row, cells in
      cells[column].number.flatMap { $0.isFinite ? (row, $0) : nil }
    }
    guard columns[column].best != .none, numbers.count > 1,
      let least = numbers.map(\.1).min(), let most = numbers.map(\.1).max(), least < most
    else { return [] }
    let best = columns[column].best == .minimum ? least : most
    return Set(numbers.filter { $0.1 == best }.map(\.0))
  }

  func description(_ best: [Set<Int>], _ words: Words) -> String {
    var sentences = [
      words(.tableOfSize(rows: rows.count, columns: columns.count))
    ]
    for (index, rows) in best.enumerated() {
      guard let row = rows.min(), let first = self.rows[row].first else { continue }
      sentences.append(
        words(
          .bestOf(
            column: Label(columns[index].name).plain, value: self.rows[row][index].plain,
            row: first.plain)))
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
    case .text(let text):
      Label(text.filter { $0 != "`" }).plain
    case .markup(_, let plain): plain
    case .number(let value): NumberText.reading(value)
    case .spread(let mean, let deviation):
      "\(NumberText.reading(mean)) ± \(NumberText.reading(deviation, digits: 2))"
    case .line, .curve, .empty: ""
    }
  }

  var isEmpty: Bool {
    if case .empty = self { return true }
    return plain.isEmpty && !isPicture
  }

  /// Whether the content may wrap. Formulas may not.
  var canWrap: Bool {
    if case .markup(let markup, _) = self { return !markup.contains("katex") }
    return isText || isEmpty
  }

  /// Approximate width of the content on one line, in pixels.
  var width: Double {
    switch self {
    case .line, .curve: Double(Sparkline.width)
    // TeX source is about twice as long as the formula it sets.
    case .markup(let markup, let plain):
      FontMetrics.width(plain, size: TableChart.textSize) * (markup.contains("katex") ? 0.5 : 1)
    default: FontMetrics.width(plain, size: TableChart.textSize)
    }
  }

  func write(as column: TableChart.Column, to html: inout MarkupWriter) {
    switch self {
    case .text(let source):
      // Text between backticks is code, as in Markdown.
      let parts = source.split(separator: "`", omittingEmptySubsequences: false)
      guard parts.count > 2, parts.count % 2 == 1 else { return html.raw(Label(source).html) }
      for (index, part) in parts.enumerated() {
        if index % 2 == 0 {
          html.raw(Label(String(part)).html)
        } else {
          html.element("code", text: String(part))
        }
      }
    case .markup(let markup, _): html.raw(markup)
    case .number, .spread: html.text(text(as: column))
    case .line(let y): Sparkline.write(x: y.indices.map(Double.init), y: y, to: &html)
    case .curve(let x, let y): Sparkline.write(x: x, y: y, to: &html)
    case .empty: break
    }
  }

  /// The content as plain text, with numbers in their column's format.
  func text(as column: TableChart.Column) -> String {
    func text(_ value: Double, digits: Int = 4) -> String {
      if column.format == .percent, value.isFinite {
        return NumberText.fixed(value * 100, column.decimals ?? 1) + "%"
      }
      if column.format == .whole, value.isFinite { return NumberText.fixed(value, 0) }
      if let decimals = column.decimals { return NumberText.fixed(value, decimals) }
      return NumberText.reading(value, digits: digits)
    }
    switch self {
    case .text(let source): return source.filter { $0 != "`" }
    case .number(let value): return text(value)
    case .spread(let mean, let deviation):
      return "\(text(mean)) ± \(text(deviation, digits: 2))"
    default: return plain
    }
  }
}
