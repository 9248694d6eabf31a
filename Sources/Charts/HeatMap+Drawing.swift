import Markup

extension HeatMap {
  /// Opacity of the fullest shade. Text in the ground's opposite, black or white, stays readable on
  /// every shade up to here, in both themes.
  static let fullSequential = 0.83
  static let fullDiverging = 0.67
  /// Beyond this many cells they are drawn as an image.
  static let mostCells = 1200

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

  private func rowName(_ row: Int) -> String {
    rowNames.indices.contains(row) ? rowNames[row] : String(row)
  }

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
    if !(high > low) { high = low + (low == 0 ? 1 : low.magnitude) }

    let rowTexts = rowNames.map { Label($0).shortened(width: 90, size: TextSize.tick) }
    let columnTexts = columnNames.map { Label($0) }
    let widest = columnTexts.map { $0.width(size: TextSize.tick) }.max() ?? 0
    let available = context.isWide ? 360.0 : 280.0
    var cell = min(44, available / Double(max(columns, 1)))
    let texts = values.map { NumberText.reading($0, digits: 3) }
    let textWidth = texts.map { FontMetrics.width($0, size: 12) }.max() ?? 0
    let hasValues = showsValues ?? (rows * columns <= 225 && textWidth + 6 <= cell && cell >= 18)
    if hasValues { cell = max(cell, textWidth + 6) }
    let cellHeight =
      hasValues || rows <= 24
      ? max(min(cell, 44), hasValues ? 20 : 1) : min(cell, 420 / Double(max(rows, 1)))
    let width = max(Int((cell * Double(max(columns, 1))).rounded()), 40)
    let height = max(Int((cellHeight * Double(max(rows, 1))).rounded()), 20)
    let everyColumn = max(1, Int(((widest + 6) / max(cell, 0.1)).rounded(.up)))
    let everyRow = max(1, Int((TextSize.line / max(cellHeight, 0.1)).rounded(.up)))

    var margins = Drawing.Margins()
    let rowWidth = rowTexts.map { $0.width(size: TextSize.tick) }.max() ?? 0
    margins.left = rowTexts.isEmpty ? 8 : Int(rowWidth.rounded(.up)) + 12
    let heading = Label(rowLabel)
    let footing = Label(columnLabel).wrapped(
      width: Double(width + margins.left), size: TextSize.label)
    margins.top = heading.isEmpty ? 6 : 22
    margins.bottom = (columnTexts.isEmpty ? 6 : 22) + footing.count * 16
    let bar = ShadeBar(low: low, high: high, shades: shades)
    margins.right = hasValues ? 12 : bar.width
    // Half of the last column's name may reach over the edge.
    margins.right = max(margins.right, Int((widest - cell) / 2) + 4)

    var drawing = Drawing(.fixed(margins, width: width, height: height), title: title)
    var svg = MarkupWriter()
    if rows * columns > Self.mostCells {
      writeImage(low: low, high: high, width: width, height: height, to: &svg)
    } else {
      writeCells(
        low: low, high: high, width: width, height: height, hasValues: hasValues, to: &svg)
    }
    svg.raw("<rect class=\"rim\" width=\"\(width)\" height=\"\(height)\"/>")
    let place = { (n: Double) in fixed(n, 1, trimmingZeros: true) }
    let stepX = Double(width) / Double(max(columns, 1))
    let stepY = Double(height) / Double(max(rows, 1))
    if hasValues {
      svg.raw("<g class=\"cell\" text-anchor=\"middle\">")
      for index in values.indices {
        svg.raw("<text x=\"\(place((Double(index % columns) + 0.5) * stepX))\" ")
        svg.raw("y=\"\(place((Double(index / columns) + 0.5) * stepY + 4))\">")
        svg.text(texts[index])
        svg.raw("</text>")
      }
      svg.raw("</g>")
    } else {
      bar.write(x: width, height: height, to: &svg)
    }
    if !rowTexts.isEmpty {
      svg.raw("<g class=\"tick\" text-anchor=\"end\">")
      for (row, text) in rowTexts.prefix(rows).enumerated() where row % everyRow == 0 {
        svg.raw("<text x=\"-7\" y=\"\(place((Double(row) + 0.5) * stepY + 4))\">")
        text.writeSVG(to: &svg)
        svg.raw("</text>")
      }
      svg.raw("</g>")
    }
    if !columnTexts.isEmpty {
      svg.raw("<g class=\"tick\" text-anchor=\"middle\">")
      for (column, text) in columnTexts.prefix(columns).enumerated()
      where column % everyColumn == 0 {
        svg.raw("<text x=\"\(place((Double(column) + 0.5) * stepX))\" y=\"\(height + 16)\">")
        text.writeSVG(to: &svg)
        svg.raw("</text>")
      }
      svg.raw("</g>")
    }
    if !heading.isEmpty {
      svg.raw("<text class=\"label\" x=\"\(2 - margins.left)\" y=\"-9\">")
      heading.shortened(width: Double(width + margins.left), size: TextSize.label)
        .writeSVG(to: &svg)
      svg.raw("</text>")
    }
    for (index, line) in footing.enumerated() {
      let y = height + (columnTexts.isEmpty ? 16 : 34) + index * 15
      svg.raw("<text class=\"label\" text-anchor=\"middle\" x=\"\(width / 2)\" y=\"\(y)\">")
      line.writeSVG(to: &svg)
      svg.raw("</text>")
    }
    drawing.body = svg.bytes
    drawing.name = context.words.over(rowLabel, columnLabel)
    drawing.description = description(extent, context.words)
    if rows <= 64, columns <= 24 {
      drawing.table = data.html(
        id: context.id + "-data", caption: Label(title).plain, words: context.words, limit: 2000)
    }
    drawing.script = [("kind", "cells")]
    return drawing
  }

  /// How full a cell is, from −1 to 1.
  private func share(_ value: Double, _ low: Double, _ high: Double) -> Double? {
    guard !value.isNaN else { return nil }
    // Halves keep the difference of the greatest numbers finite.
    let share =
      shades == .diverging
      ? value / high : (value / 2 - low / 2) / (high / 2 - low / 2)
    guard !share.isNaN else { return nil }
    return min(max(share, shades == .diverging ? -1 : 0), 1)
  }

  private func full(hasText: Bool) -> Double {
    !hasText ? 0.95 : shades == .diverging ? Self.fullDiverging : Self.fullSequential
  }

  /// Cells of one shade in one path.
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
      let step = Int((share * Double(steps)).rounded())
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
    svg.raw("<g transform=\"scale(.1)\">")
    for (offset, path) in paths.enumerated() where !path.isEmpty {
      let share = Double(abs(offset - steps)) / Double(steps)
      svg.raw("<g class=\"c\(offset < steps ? 1 : 0)\" fill-opacity=\"")
      svg.raw(fixed(share * full, 3, trimmingZeros: true))
      svg.raw("\">")
      svg.path("area", path)
      svg.raw("</g>")
    }
    svg.raw("</g>")
  }

  private func writeImage(
    low: Double, high: Double, width: Int, height: Int, to svg: inout MarkupWriter
  ) {
    let full = full(hasText: false)
    let indices = values.map { value -> UInt8 in
      let share = share(value, low, high) ?? 0
      return UInt8(128 + Int((share * 127).rounded()))
    }
    let png = PNG.indexed(
      width: columns, height: rows, indices: indices, palette: PNG.signed(full: full))
    svg.raw("<image class=\"pixels\" width=\"\(width)\" height=\"\(height)\"")
    svg.raw(" preserveAspectRatio=\"none\" href=\"\(PNG.address(png))\"/>")
  }

  private func description(_ extent: Extent, _ words: FigureWords) -> String {
    guard !extent.isEmpty else {
      return words.sentences([words("There is no data to draw", "没有可画的数据")])
    }
    let n = { NumberText.reading($0, digits: 3) }
    func cell(_ value: Double) -> String {
      let index = values.firstIndex(of: value) ?? 0
      let column = index % columns
      let name = columnNames.indices.contains(column) ? columnNames[column] : String(column)
      return words(
        "row \(Label(rowName(index / columns)).plain), column \(Label(name).plain)",
        "第 \(Label(rowName(index / columns)).plain) 行第 \(Label(name).plain) 列")
    }
    var sentences = [
      words(
        "\(rows) rows and \(columns) columns, from \(n(extent.low)) (\(cell(extent.low))) to \(n(extent.high)) (\(cell(extent.high)))",
        "\(rows) 行 \(columns) 列，从 \(n(extent.low))（\(cell(extent.low))）到 \(n(extent.high))（\(cell(extent.high))）"
      )
    ]
    if rows == columns, rows > 1, rows <= 100, extent.low >= 0, !rowNames.isEmpty,
      rowNames == columnNames
    {
      let total = values.filter(\.isFinite).reduce(0, +)
      let diagonal = (0..<rows).reduce(0.0) { $0 + values[$1 * columns + $1] }
      if total > 0, diagonal.isFinite {
        sentences.append(
          words(
            "\(n(diagonal)) of \(n(total)) lie on the diagonal",
            "共 \(n(total))，其中 \(n(diagonal)) 在对角线上"))
      }
    }
    let lost = extent.missingCount + extent.infiniteCount
    if lost > 0 {
      sentences.append(words("\(lost) cells are not finite", "\(lost) 个格不是有限数"))
    }
    return words.sentences(sentences)
  }
}

extension PNG {
  /// Two colours, fading to nothing at index 128; seen on light and on dark ground alike.
  static func signed(full: Double) -> [Colour] {
    (0..<256).map { index in
      let alpha = UInt8((Double(abs(index - 128)) / 127 * full * 255).rounded().clamped(to: 255))
      return index < 128
        ? Colour(red: 0xdd, green: 0x55, blue: 0x16, alpha: alpha)
        : Colour(red: 0x3d, green: 0x6a, blue: 0xe0, alpha: alpha)
    }
  }
}

extension Double {
  fileprivate func clamped(to most: Double) -> Double { min(max(self, 0), most) }
}

/// The shades of a heat map from least to most, with numbers.
private struct ShadeBar {
  let low: Double
  let high: Double
  let shades: HeatMap.Shades
  private let ticks: Ticks

  init(low: Double, high: Double, shades: HeatMap.Shades) {
    (self.low, self.high, self.shades) = (low, high, shades)
    ticks = Axis().ticks(on: AxisScale(.linear, low...high), count: 4) { _ in true }
  }

  var width: Int {
    let text = ticks.ticks.map { $0.label.width(size: TextSize.tick) }.max() ?? 0
    return 16 + 12 + 6 + Int(text.rounded(.up)) + 4
  }

  func write(x: Int, height: Int, to svg: inout MarkupWriter) {
    let full = 0.95
    let steps = 16
    let scale = AxisScale(.linear, low...high)
    for step in 0..<steps {
      let middle = (Double(step) + 0.5) / Double(steps)
      let share = shades == .diverging ? 2 * middle - 1 : middle
      let top = Double(height) * Double(steps - step - 1) / Double(steps)
      svg.raw("<rect class=\"area c\(share < 0 ? 1 : 0)\" x=\"\(x + 16)\" width=\"12\"")
      svg.raw(" y=\"\(fixed(top, 1, trimmingZeros: true))\"")
      svg.raw(" height=\"\(fixed(Double(height) / Double(steps), 1, trimmingZeros: true))\"")
      svg.raw(" fill-opacity=\"\(fixed(share.magnitude * full, 2, trimmingZeros: true))\"/>")
    }
    svg.raw(
      "<rect class=\"rim\" x=\"\(x + 16)\" width=\"12\" height=\"\(height)\"/><g class=\"tick\">")
    var last = Double.infinity
    for tick in ticks.ticks {
      let y = (1 - scale.position(tick.value)) * Double(height)
      guard last - y >= TextSize.line else { continue }
      last = y
      svg.raw(
        "<text x=\"\(x + 33)\" y=\"\(Int(min(max(y + 4, 9), Double(height) + 2).rounded()))\">")
      tick.label.writeSVG(to: &svg)
      svg.raw("</text>")
    }
    svg.raw("</g>")
  }
}
