import DecimalText
import Localization
import Markup

extension HeatMap {
  /// Positions of cells and text, in a wide panel and in the narrowest.
  struct Layout {
    let width: Int
    let height: Int
    var margins = Drawing.Margins()
    /// Numbers of the cells; `nil` where they are not shown.
    let values: [String]?
    /// Whether the numbers fit in narrow panels too; otherwise those show the color bar instead.
    let valuesFitNarrow: Bool

    private let rowTexts: [Label]
    private let columnTexts: [Label]
    private let heading: Label
    private let footing: [Label]
    private let bar: ColorBar
    /// Width of the narrowest form as a fraction of the full width.
    private let shrinking: Double

    init(_ map: HeatMap, bar: ColorBar, _ context: DrawingContext) {
      self.bar = bar
      rowTexts = map.rowNames.prefix(map.rows).map {
        Label($0).shortened(width: 90, size: TextSize.tick)
      }
      columnTexts = map.columnNames.prefix(map.columns).map {
        Label($0).shortened(width: 90, size: TextSize.tick)
      }
      let rowWidth = rowTexts.map { $0.width(size: TextSize.tick) }.max() ?? 0
      let widest = columnTexts.map { $0.width(size: TextSize.tick) }.max() ?? 0
      // The first column's name may extend past the left edge, as the last one's past the right.
      let least = min(44, 200 / Double(max(map.columns, 1)))
      let left = max(
        rowTexts.isEmpty ? 8 : Int(clamped: rowWidth.rounded(.up)) + 12,
        Int(clamped: ((widest - least) / 2).rounded(.up)) + 4)

      let columns = Double(max(map.columns, 1))
      let rows = Double(max(map.rows, 1))
      var cell = min(44, (context.isWide ? 400.0 : 360) / columns)
      let texts = map.rows * map.columns <= 225 ? map.values.map(map.text) : []
      let textWidth = texts.map { FontMetrics.width($0, size: TextSize.tick) }.max() ?? 0
      // Numbers that would touch are not shown, even if requested.
      let room = Double(DrawingContext.wideWidth - left - 12) / columns
      let hasValues =
        !texts.isEmpty && textWidth + 6 <= room
        && (map.showsValues ?? (textWidth + 6 <= max(cell, 44)))
      if hasValues { cell = max(cell, textWidth + 6) }
      let cellHeight =
        hasValues || map.rows <= 24 ? max(min(cell, 44), hasValues ? 20 : 1) : min(cell, 420 / rows)
      width = max(Int(clamped: (cell * columns).rounded()), 40)
      height = max(Int(clamped: (cellHeight * rows).rounded()), 20)

      // Half of the last column's name may extend past the edge.
      let over = Int(clamped: ((widest - min(cell, least)) / 2).rounded(.up)) + 4
      let besideValues = max(8, over)
      let narrowWith = Double(
        min(width, DrawingContext.narrowWidth - left - besideValues))
      let scale = narrowWith / Double(width)
      values = hasValues ? texts : nil
      valuesFitNarrow =
        hasValues && textWidth + 4 <= cell * scale && cellHeight * scale >= TextSize.line
      let narrowRight = valuesFitNarrow ? besideValues : max(bar.width, over)
      let narrowest = Double(
        max(min(width, DrawingContext.narrowWidth - left - narrowRight), 40))
      shrinking = narrowest / Double(width)

      heading = Label(map.rowLabel).shortened(
        width: narrowest + Double(left + narrowRight) - 4, size: TextSize.label)
      footing = Label(map.columnLabel).wrapped(width: narrowest, size: TextSize.label)
      margins.left = left
      margins.right = hasValues ? besideValues : narrowRight
      margins.narrowRight = narrowRight
      margins.top = heading.isEmpty ? 9 : 22
      margins.bottom = (columnTexts.isEmpty ? 6 : 22) + footing.count * 16
    }

    func writeText(_ map: HeatMap, to svg: inout MarkupWriter) {
      let columns = Double(max(map.columns, 1))
      let rows = Double(max(map.rows, 1))
      let cell = Double(width) / columns
      let cellHeight = Double(height) / rows
      if let values {
        svg.raw("<g class=\"cell\(valuesFitNarrow ? "" : " w")\" text-anchor=\"middle\">")
        for index in values.indices {
          svg.raw("<text x=\"\(percent((Double(index % map.columns) + 0.5) / columns))\"")
          svg.raw(" y=\"\(percent((Double(index / map.columns) + 0.5) / rows))\" dy=\"4\">")
          svg.text(values[index])
          svg.raw("</text>")
        }
        svg.raw("</g>")
      }
      if values == nil || !valuesFitNarrow {
        bar.write(
          className: values == nil ? nil : "n", lowest: Double(height) * shrinking, to: &svg)
      }
      write(rowTexts, anchor: "end", needs: TextSize.line, step: cellHeight, to: &svg) {
        "x=\"-7\" y=\"\(percent((Double($0) + 0.5) / rows))\" dy=\"4\""
      }
      let widest = columnTexts.map { $0.width(size: TextSize.tick) }.max() ?? 0
      write(columnTexts, anchor: "middle", needs: widest + 6, step: cell, to: &svg) {
        "x=\"\(percent((Double($0) + 0.5) / columns))\" y=\"100%\" dy=\"16\""
      }
      if !heading.isEmpty {
        svg.raw("<text class=\"label\" x=\"\(2 - margins.left)\" y=\"-7\">")
        heading.writeSVG(to: &svg)
        svg.raw("</text>")
      }
      for (index, line) in footing.enumerated() {
        let below = (columnTexts.isEmpty ? 16 : 34) + index * 15
        svg.raw(
          "<text class=\"label\" text-anchor=\"middle\" x=\"50%\" y=\"100%\" dy=\"\(below)\">")
        line.writeSVG(to: &svg)
        svg.raw("</text>")
      }
    }

    /// Writes names along one side, as many as fit: more in wide panels than in narrow ones.
    private func write(
      _ texts: [Label], anchor: String, needs: Double, step: Double, to svg: inout MarkupWriter,
      place: (Int) -> String
    ) {
      guard !texts.isEmpty else { return }
      let every = max(1, Int(clamped: (needs / max(step, 0.1)).rounded(.up)))
      // A multiple, so that the narrow form shows a subset of the wide one's names.
      let narrow =
        Int(clamped: (needs / max(step * shrinking * Double(every), 0.1)).rounded(.up)) * every
      svg.raw("<g class=\"tick\" text-anchor=\"\(anchor)\">")
      for (index, text) in texts.enumerated() where index % every == 0 {
        svg.raw("<text \(place(index))\(index % max(narrow, 1) == 0 ? "" : " class=\"w\"")>")
        text.writeSVG(to: &svg)
        svg.raw("</text>")
      }
      svg.raw("</g>")
    }
  }

  /// A cell's number, short enough to fit into it.
  func text(_ value: Double) -> String {
    switch format {
    case .percent where value.isFinite: NumberText.reading(value * 100, digits: 2) + "%"
    case .whole where value.isFinite: NumberText.fixed(value, 0)
    default: NumberText.reading(value, digits: 3)
    }
  }
}
