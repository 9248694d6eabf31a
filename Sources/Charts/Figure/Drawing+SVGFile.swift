import DecimalText
import Markup

extension Drawing {
  /// The picture as a file of its own, at its nominal size, with its colors in it; empty for what is
  /// no picture.
  func files(words: FigureWords) -> [String] {
    let margins: Margins
    let width: Int
    let height: Int
    switch shape {
    case .markup: return []
    case .fluid(let m, let w, let h), .proportional(let m, let w, let h),
      .fixed(let m, let w, let h):
      (margins, width, height) = (m, w, h)
    }
    var svg = MarkupWriter()
    let names = legendRows(width: width + margins.left + margins.right)
    let heading = title.isEmpty ? 0 : 24
    let head = heading + names.count * 20
    let totalWidth = width + margins.left + margins.right
    let totalHeight = height + margins.top + margins.bottom + head
    svg.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"figure\" role=\"img\"")
    svg.raw(" viewBox=\"0 0 \(totalWidth) \(totalHeight)\"")
    svg.raw(" width=\"\(totalWidth)\" height=\"\(totalHeight)\"><title>")
    svg.text(title.isEmpty ? name : Label(title).plain)
    svg.raw("</title><desc>")
    svg.text(description)
    svg.raw("</desc><style>")
    svg.raw(Self.fileStyle)
    svg.raw("</style>")
    svg.raw("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>")
    if !title.isEmpty {
      svg.raw("<text class=\"title\" x=\"50%\" y=\"17\" text-anchor=\"middle\">")
      Label(title).writeSVG(to: &svg)
      svg.raw("</text>")
    }
    for (row, items) in names.enumerated() {
      for (item, x) in items {
        svg.raw("<svg class=\"over\" x=\"\(x)\" y=\"\(heading + row * 20 + 2)\">")
        item.key.writeSVG(to: &svg)
        svg.raw("<text class=\"name\" x=\"\(item.key.width + 5)\" y=\"10\">")
        Label(item.name).writeSVG(to: &svg)
        svg.raw("</text></svg>")
      }
    }
    svg.raw("<svg class=\"over\" x=\"\(margins.left)\" y=\"\(margins.top + head)\"")
    svg.raw(" width=\"\(width)\" height=\"\(height)\">")
    svg.raw(body)
    svg.raw("</svg></svg>\n")
    return [svg.string]
  }

  /// Entries of the legend in rows that fit, with their places.
  private func legendRows(width: Int) -> [[(LegendItem, Int)]] {
    guard !isLegendNarrowOnly else { return [] }
    var rows: [[(LegendItem, Int)]] = []
    var row: [(LegendItem, Int)] = []
    var x = 8
    for item in legend {
      let own =
        item.key.width + 5 + Int(clamped: Label(item.name).width(size: TextSize.label).rounded(.up))
        + 18
      if x + own > width, !row.isEmpty {
        rows.append(row)
        row = []
        x = 8
      }
      row.append((item, x))
      x += own
    }
    if !row.isEmpty { rows.append(row) }
    return rows
  }

  /// What `figures.css` says of pictures, with the light theme's colors, and the dark one's for who
  /// prefers them.
  static let fileStyle: String = {
    func variables(_ theme: Palette) -> String {
      theme.variables.map { "--figure-\($0.name):\($0.color)" }.joined(separator: ";")
    }
    return """
      svg.figure{\(variables(.light));--figure-ink:none}\
      @media (prefers-color-scheme:dark){svg.figure{\(variables(.dark));--figure-ink:invert(1)}}\
      svg.figure{fill:var(--figure-text);font:12px "Helvetica Neue",Arial,"Liberation Sans",\
      "Noto Sans","Noto Sans CJK SC",sans-serif}\
      .ground{fill:var(--figure-ground)}.title{font-size:14px;font-weight:600}\
      .marks,.over,.key{overflow:visible}.plot{fill:none}.n{display:none}\
      .tick,.note,.empty{fill:var(--figure-muted)}.label,.name{font-size:12.5px}\
      .grid,.axis,.zero,.rule,.line,.contour,.lead,.edge,.dot,.halo,.lost,.boundary,.rim,.whisker,\
      .median,.repeat{fill:none;vector-effect:non-scaling-stroke}\
      .grid{stroke:var(--figure-grid)}.axis,.zero,.rim,.edge,.repeat{stroke:var(--figure-axis)}\
      .rule{stroke:var(--figure-muted);stroke-dasharray:2 3}\
      .line{stroke:var(--c);stroke-width:2;stroke-linejoin:round;stroke-linecap:round}\
      .fine{stroke-width:1.25}.thin{stroke-width:1.5}\
      .d1{stroke-dasharray:10 4;stroke-linecap:butt}.d2{stroke-dasharray:5 3;stroke-linecap:butt}\
      .d3{stroke-dasharray:2 3;stroke-linecap:butt}.d4{stroke-dasharray:10 3 2 3;stroke-linecap:butt}\
      .band{fill:var(--c);fill-opacity:.2}.area,.level{fill:var(--c);fill-rule:evenodd}\
      .area.soft{fill-opacity:.3}\
      .shade{fill:var(--c);fill-opacity:.14;fill-rule:evenodd}\
      .dot{stroke:var(--c);stroke-width:6;stroke-linecap:round}\
      .halo{stroke:var(--figure-ground);stroke-width:8;stroke-linecap:round}\
      .dot.square{stroke-width:5;stroke-linecap:square}\
      .halo.square{stroke-width:7;stroke-linecap:square}.line-halo{stroke-width:4}\
      .dot.data{stroke-width:4.5;stroke-opacity:.75}.dot.small{stroke-width:4}\
      .lost{stroke:var(--c);stroke-width:9;stroke-linecap:square}\
      .lead{stroke:var(--c);stroke-opacity:.6}\
      .boundary{stroke:var(--figure-text);stroke-width:1.75}\
      .contour{stroke:var(--figure-0);stroke-opacity:.55}\
      .mark{fill:var(--c);stroke:var(--figure-ground);vector-effect:non-scaling-stroke}\
      .mark.stroked{fill:none;stroke:var(--c);stroke-width:2}\
      .ridge{fill:color-mix(in srgb,var(--c) 28%,var(--figure-ground))}\
      .whisker,.median{stroke:var(--figure-text);stroke-width:1.25}\
      .whisker.coloured{stroke:var(--c)}.median{stroke-width:2.5}\
      .box{fill:var(--c);fill-opacity:.25;stroke:var(--c);vector-effect:non-scaling-stroke}\
      .cell{fill:var(--figure-cell)}.pixels{image-rendering:pixelated}\
      .tip{fill:var(--figure-axis)}.edge{stroke-width:1.5}\
      .edge.back{stroke:var(--figure-1);stroke-dasharray:5 3}.tip.back{fill:var(--figure-1)}\
      .node,.layer,.unit{fill:var(--figure-ground);stroke:var(--figure-axis);stroke-width:1.25}\
      .k0,.l1{stroke:var(--figure-0)}.k1{stroke-dasharray:3 3}\
      .k3{stroke:var(--figure-text);stroke-width:2}\
      .l1{fill:color-mix(in srgb,var(--figure-0) 12%,var(--figure-ground))}\
      .l2{fill:color-mix(in srgb,var(--figure-2) 12%,var(--figure-ground));stroke:var(--figure-2)}\
      .l4{fill:color-mix(in srgb,var(--figure-1) 12%,var(--figure-ground));stroke:var(--figure-1)}\
      .frozen{stroke-dasharray:4 3}.repeat{stroke-dasharray:5 4}\
      .node-name{font-size:14px}.layer-name{font-size:13px}\
      .value{fill:var(--figure-value)}.gradient{fill:var(--figure-gradient)}\
      .synapse{fill:none;stroke:var(--figure-axis);stroke-width:.75}\
      .cells,.label{fill:var(--figure-text)}.cells text{font-size:14px}\
      .shot{fill:none;stroke:var(--figure-grid)}.shot.wrong{stroke:var(--figure-gradient);stroke-width:2}\
      .ink{filter:var(--figure-ink)}\
      .synapse.back{stroke:var(--figure-1)}.ellipsis{fill:var(--figure-muted)}\
      \((0..<8).map { ".c\($0){--c:var(--figure-\($0))}" }.joined())
      """
  }()
}

extension LegendItem.Key {
  /// Width of its small picture.
  var width: Int {
    switch self {
    case .line: 28
    case .point, .text: 14
    case .area: 18
    }
  }
}
