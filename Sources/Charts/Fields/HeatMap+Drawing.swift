import DecimalText
import Localization
import Markup

extension HeatMap {
  /// Opacity of the fullest shade behind text. Text in black or white, the opposite of the
  /// background, stays readable on every shade up to here, in both themes.
  static let fullSequential = 0.83
  static let fullDiverging = 0.67
  /// Maximum number of cells drawn as shapes; more are drawn as an image.
  static let mostCells = 1200

  /// A row for each row of the matrix, a column for each of its columns.
  package var data: DataTable {
    let names = columns == columnNames.count ? columnNames : (0..<columns).map(String.init)
    return DataTable(
      [.init(rowLabel.isEmpty ? "row" : rowLabel, .texts((0..<rows).map { rowName($0) }))]
        + (0..<columns).map { column in
          .init(
            names[column],
            .numbers((0..<rows).map { values[$0 * columns + column] }))
        })
  }

  func rowName(_ row: Int) -> String {
    rowNames.indices.contains(row) ? rowNames[row] : String(row)
  }

  /// Shaded cells, with their numbers where they fit; many cells as one image.
  package func draw(in context: DrawingContext) -> Drawing {
    var extent = Extent()
    extent.add(values)
    var low = range?.lowerBound ?? (extent.isEmpty ? 0 : extent.low)
    var high = range?.upperBound ?? (extent.isEmpty ? 1 : extent.high)
    if shades == .diverging {
      let most = max(low.magnitude, high.magnitude)
      (low, high) = (-most, most)
    } else if range == nil, low > 0, low < 0.5 * high {
      low = 0
    }
    if !(high > low) { high = min(low + (low == 0 ? 1 : low.magnitude), 1.7e308) }
    if !(high > low) { low = -high }

    let layout = Layout(self, bar: ColorBar(low: low, high: high, shades: shades), context)
    var drawing = Drawing(
      .proportional(layout.margins, width: layout.width, height: layout.height), title: title)
    var svg = MarkupWriter()
    if rows * columns > Self.mostCells {
      writeImage(low: low, high: high, to: &svg)
    } else {
      writeCells(
        low: low, high: high, width: layout.width, height: layout.height,
        hasValues: layout.values != nil, to: &svg)
    }
    svg.raw("<rect class=\"rim\" width=\"100%\" height=\"100%\"/>")
    layout.writeText(self, to: &svg)
    drawing.body = svg.bytes
    drawing.name = context.words.over(rowLabel, columnLabel)
    drawing.description = description(extent, context.words)
    if rows <= 64, columns <= 24 {
      drawing.table = data.html(
        id: context.id + "-data", caption: Label(title).plain, words: context.words, limit: 2000)
      drawing.script = PointerReadout.cells
    } else {
      drawing.tableNote = context.words(.tableTooLarge(rows: rows, columns: columns))
      // With more cells, the numbers would take more bytes than the picture.
      if rows * columns <= 4096 {
        drawing.script = PointerReadout.cells(
          values, columns: columns, name: context.words(.value),
          x: context.words(.column), y: context.words(.row))
      }
    }
    return drawing
  }

  /// A cell's shade from −1 to 1; `nil` for NaN.
  private func share(_ value: Double, _ low: Double, _ high: Double) -> Double? {
    guard !value.isNaN else { return nil }
    // Halving keeps the difference of the largest numbers finite.
    let share =
      shades == .diverging
      ? value / high : (value / 2 - low / 2) / (high / 2 - low / 2)
    guard !share.isNaN else { return nil }
    return min(max(share, shades == .diverging ? -1 : 0), 1)
  }

  private func full(hasText: Bool) -> Double {
    !hasText ? 0.95 : shades == .diverging ? Self.fullDiverging : Self.fullSequential
  }

  /// Writes the cells, those of one shade as one path.
  private func writeCells(
    low: Double, high: Double, width: Int, height: Int, hasValues: Bool,
    to svg: inout MarkupWriter
  ) {
    let steps = 24
    let full = full(hasText: hasValues)
    var paths = [PathWriter](repeating: PathWriter(), count: 2 * steps + 1)
    let edge = { (n: Int, of: Int, length: Int) in n * length * 10 / max(of, 1) }
    for index in values.indices {
      guard let share = share(values[index], low, high) else { continue }
      let step = Int(clamped: (share * Double(steps)).rounded())
      guard step != 0 else { continue }
      let x0 = edge(index % columns, columns, width)
      let x1 = edge(index % columns + 1, columns, width)
      let y0 = edge(index / columns, rows, height)
      let y1 = edge(index / columns + 1, rows, height)
      paths[step + steps].move(to: x0, y0)
      paths[step + steps].line(to: x1, y0)
      paths[step + steps].line(to: x1, y1)
      paths[step + steps].line(to: x0, y1)
      paths[step + steps].close(startedAt: x0, y0)
    }
    svg.raw("<svg class=\"marks\" width=\"100%\" height=\"100%\"")
    svg.raw(" viewBox=\"0 0 \(width * 10) \(height * 10)\" preserveAspectRatio=\"none\">")
    for (offset, path) in paths.enumerated() where !path.isEmpty {
      let share = Double(abs(offset - steps)) / Double(steps)
      svg.raw("<g class=\"c\(offset < steps ? 1 : 0)\" fill-opacity=\"")
      svg.raw(fixed(share * full, 3, trimmingZeros: true))
      svg.raw("\">")
      svg.path("area", path)
      svg.raw("</g>")
    }
    svg.raw("</svg>")
  }

  private func writeImage(low: Double, high: Double, to svg: inout MarkupWriter) {
    let full = full(hasText: false)
    let indices = values.map { value -> UInt8 in
      let share = share(value, low, high) ?? 0
      return UInt8(clamped: 128 + (share * 127).rounded())
    }
    let png = PNG.indexed(
      width: columns, height: rows, indices: indices, palette: PNG.signed(full: full))
    svg.raw("<image class=\"pixels\" width=\"100%\" height=\"100%\"")
    svg.raw(" preserveAspectRatio=\"none\" href=\"\(PNG.address(png))\"/>")
  }

  private func description(_ extent: Extent, _ words: Words) -> String {
    guard !extent.isEmpty else {
      return words.sentences([words(.nothingToDraw)])
    }
    let n = { NumberText.reading($0, digits: 3) }
    func cell(_ value: Double) -> String {
      let index = values.firstIndex(of: value) ?? 0
      let column = index % columns
      let name = columnNames.indices.contains(column) ? columnNames[column] : String(column)
      return words(.cellAt(row: Label(rowName(index / columns)).plain, column: Label(name).plain))
    }
    var sentences = [
      words(
        .matrixRange(
          rows: rows, columns: columns, low: n(extent.low), lowCell: cell(extent.low),
          high: n(extent.high), highCell: cell(extent.high)))
    ]
    if rows == columns, rows > 1, rows <= 100, extent.low >= 0, !rowNames.isEmpty,
      rowNames == columnNames
    {
      let total = values.filter(\.isFinite).reduce(0, +)
      let diagonal = (0..<rows).reduce(0.0) { $0 + values[$1 * columns + $1] }
      if total > 0, diagonal.isFinite {
        sentences.append(
          words(.onDiagonal(count: n(diagonal), total: n(total))))
      }
    }
    let lost = extent.missingCount + extent.infiniteCount
    if lost > 0 {
      sentences.append(words(.cellsNotFinite(count: lost)))
    }
    return words.sentences(sentences)
  }
}

extension PNG {
  /// Two colors that fade to transparent at index 128, visible on light and dark backgrounds.
  static func signed(full: Double) -> [Color] {
    (0..<256).map { index in
      let alpha = UInt8(clamped: (Double(abs(index - 128)) / 127 * full * 255).rounded())
      return index < 128
        ? Color(red: 0xdd, green: 0x55, blue: 0x16, alpha: alpha)
        : Color(red: 0x3d, green: 0x6a, blue: 0xe0, alpha: alpha)
    }
  }
}
