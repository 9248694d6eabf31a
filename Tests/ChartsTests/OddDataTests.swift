import DecimalText
import Foundation
import Markup
import Testing

@testable import Charts

/// Every mark, with extreme and degenerate data.
struct OddDataTests {
  /// Values for one chart each, with a name.
  static let data: [(name: String, values: [Double])] = [
    ("constant", [3, 3, 3, 3]), ("zeros", [0, 0, 0]), ("empty", []), ("one", [0.25]),
    ("NaN", [1, .nan, 2, 3]), ("only NaN", [.nan, .nan]), ("infinite", [1, 10, .infinity, 2]),
    ("minus infinite", [-.infinity, 4, 5]), ("only infinite", [.infinity, -.infinity]),
    ("huge", [1e300, -1e308, 1.7e308, 3]), ("tiny", [1e-300, 3e-300, 2e-300]),
    ("least", [.leastNonzeroMagnitude, 0, .leastNormalMagnitude]),
    ("denormal range", [-0x1p-1063, 0x1p-1063]), ("negative zero", [-0.0, 0]),
    ("neighbours", [1, 1.0.nextUp]), ("neighbours far away", [1e16, 1e16 + 2]),
    ("both greatest", [1.75e308, .greatestFiniteMagnitude]), ("one great", [1.5e308]),
    ("all there is", [-.greatestFiniteMagnitude, .greatestFiniteMagnitude]),
    ("powers of two", [0x1p31, 0x1p32, 0x1p53, 0x1p63, -0x1p63]), ("long", longest),
    ("negative", [-5, -3, -80, -0.5]),
    ("unordered", [9, -4, 7, 0, 1, -2]), ("far", [1e9 + 0.25, 1e9 + 0.5, 1e9 + 0.75]),
    ("mixed", [.nan, .infinity, -.infinity, 1e308, -1e308, 0, .leastNonzeroMagnitude]),
  ]

  private static let longest: [Double] = (0..<3000).map { (index: Int) -> Double in
    let size = Double(index * 7919 % 1000)
    return index % 2 == 0 ? size : -1e200 * size
  }

  private static func field(_ values: [Double]) -> Field {
    Field(columns: values.count, rows: 2, x: 0...1, y: -1...1, values: values + values.reversed())
  }

  private static func bins(_ counts: [Double]) -> Bins {
    Bins(edges: counts.isEmpty ? [] : (0...counts.count).map(Double.init), counts: counts)
  }

  /// Bins whose edges are the finite numbers themselves.
  private static func edges(_ values: [Double]) -> Bins {
    let edges = Set(values.filter(\.isFinite)).sorted()
    return Bins(edges: edges.count > 1 ? edges : [], counts: edges.dropFirst().map { _ in 2 })
  }

  static let marks: [(name: String, chart: @Sendable ([Double]) -> any Chart)] = [
    ("line", { LineChart(series: [.init("y", $0)], x: Axis("x"), y: Axis("y")) }),
    ("line over log", { LineChart(series: [.init("y", $0)], y: Axis("y", scale: .log)) }),
    (
      "line over symlog",
      { LineChart(series: [.init("y", $0)], y: Axis(scale: .symlog(threshold: 1))) }
    ),
    ("line over odd x", { LineChart(series: [.init("y", x: $0, y: $0.reversed())]) }),
    (
      "steps with points and a band",
      { values in
        LineChart(
          series: [
            .init(
              "y", x: values.indices.map(Double.init), y: values,
              band: .init(lower: values.map { $0 - 1 }, upper: values.map { $0 * 2 }), isStep: true,
              showsPoints: true)
          ], points: [PointSet("data", x: values, y: values)],
          rules: values.prefix(2).map { .init(.horizontal, at: $0, "rule") })
      }
    ),
    ("scatter", { ScatterChart(sets: [PointSet("a", x: $0, y: $0.reversed())]) }),
    (
      "scatter in equal units",
      { ScatterChart(sets: [PointSet("a", x: $0, y: $0)], hasEqualUnits: true) }
    ),
    (
      "bars",
      { BarChart(categories: $0.indices.map { "c\($0)" }, series: [.init("v", $0, errors: $0)]) }
    ),
    (
      "bars over log",
      {
        BarChart(
          categories: $0.indices.map { "c\($0)" }, series: [.init("v", $0), .init("w", $0)],
          value: Axis("v", scale: .log), isHorizontal: true)
      }
    ),
    ("histogram", { Histogram(series: [.init("h", bins($0))], x: Axis("x")) }),
    (
      "histogram of odd edges",
      { Histogram(series: [.init("h", edges($0)), .init("i", bins($0))]) }
    ),
    ("ridges", { RidgelineChart(ridges: [.init("1", bins($0)), .init("2", edges($0))]) }),
    ("boxes", { BoxChart(groups: [.init("a", $0), .init("b", [1, 2, 3])], value: Axis("v")) }),
    ("boxes alone", { BoxChart(groups: [.init("a", $0)]) }),
    ("heat map", { HeatMap(rows: 1, columns: $0.count, values: $0) }),
    ("diverging heat map", { HeatMap(rows: $0.count, columns: 1, values: $0, shades: .diverging) }),
    (
      "large heat map",
      { values in
        HeatMap(
          rows: 40, columns: 40,
          values: (0..<1600).map { values.isEmpty ? .nan : values[$0 % values.count] })
      }
    ),
    ("contour", { ContourChart(field: field($0), valueName: "height") }),
    ("boundary", { BoundaryChart(fields: [field($0)], points: [PointSet("p", x: $0, y: $0)]) }),
    (
      "boundaries",
      { BoundaryChart(fields: [field($0), field($0.reversed()), field($0.map { -$0 })]) }
    ),
    (
      "plane of odd ends",
      { values in
        let ends = values.filter(\.isFinite)
        let range = ClosedRange(spanning: ends.min() ?? 0, ends.max() ?? 1)
        let field = Field(columns: 3, rows: 2, x: range, y: range, values: [0, 1, 0.5, 1, 0, 0.25])
        return BoundaryChart(fields: [field], points: [PointSet("p", x: values, y: values)])
      }
    ),
    (
      "axis of odd ends",
      { values in
        let ends = values.filter(\.isFinite)
        let range = ClosedRange(spanning: ends.min() ?? 0, ends.max() ?? 1)
        return LineChart(
          series: [.init("y", values)], x: Axis(format: .unit("s")),
          y: Axis(format: .percent, range: range))
      }
    ),
    ("ink", { ImageGrid(images: [.init(width: $0.count, height: 1, channels: [$0])]) }),
    (
      "colours",
      {
        ImageGrid(
          images: [.init(width: $0.count, height: 1, channels: [$0, $0, $0])], tone: .light)
      }
    ),
    (
      "filters",
      { ImageGrid(images: [.init(width: $0.count, height: 1, channels: [$0])], tone: .signed) }
    ),
    (
      "table",
      { values in
        TableChart(
          columns: [.init("n", best: .minimum), .init("±", format: .percent), .init("s")],
          // Lines in thousands of rows exceed the limits of the XML parser.
          rows: values.prefix(200).map { [.number($0), .spread($0, $0), .line(values)] })
      }
    ),
    (
      "graph",
      { values in
        LayeredGraph(
          nodes: (0...values.count).map { .init("n\($0)", .operation) },
          edges: values.indices.map {
            .init(from: $0, to: $0 + 1, value: values[$0], gradient: values[$0])
          })
      }
    ),
  ]

  @Test(arguments: marks.map(\.name))
  func everyMarkDrawsSomethingSensibleAndSaysSo(mark: String) throws {
    let make = try #require(Self.marks.first { $0.name == mark }).chart
    for (name, values) in Self.data {
      let chart = make(values)
      let rendered = chart.render(id: "odd")
      for width in [280.0, 640] {
        let reader = PictureReader(rendered.html, panelWidth: width)
        #expect(reader.failure == nil, "\(mark), \(name): \(reader.failure ?? "")")
        #expect(Set(reader.ids).count == reader.ids.count, "\(mark), \(name)")
        for target in reader.references { #expect(reader.ids.contains(target), "\(mark), \(name)") }
        #expect(reader.nonsense.isEmpty, "\(mark), \(name): \(reader.nonsense)")
        #expect(
          reader.collisions.isEmpty, "\(mark), \(name), \(width) px: \(reader.collisions)")
      }
      for sheet in rendered.svg {
        let reader = PictureReader(sheet)
        #expect(reader.failure == nil && reader.nonsense.isEmpty, "\(mark), \(name), file")
      }
      let words = rendered.description
      #expect(!words.isEmpty, "\(mark), \(name)")
      #expect(!words.contains("nan") && !words.contains("inf "), "\(mark), \(name): \(words)")
      // Numbers that are not finite are mentioned in the description, or shown in the table.
      if mark != "table", mark != "graph", !mark.contains("edges"),
        values.contains(where: { !$0.isFinite })
      {
        #expect(
          words.contains(
            /not finite|not drawn|no data|gaps|infinite|no number|not a number|no counts/),
          "\(mark), \(name): \(words)")
      }
      if values.isEmpty {
        #expect(
          words.contains(/no data|no images|no counts|0 rows|0 images|0 × |1 nodes|0 pixels/)
            || ["boxes", "large heat map", "plane of odd ends"].contains(mark),
          "\(mark): \(words)")
      }
    }
  }

  // MARK: Many sizes

  private static func number(_ generator: inout TicksTests.Generator) -> Double {
    let size = Logarithm.power(Int(clamped: generator.uniform() * 40) - 20)
    return (generator.uniform() - 0.3) * size
  }

  /// Labels of all lengths over ranges of all magnitudes: nothing overlaps, however narrow the
  /// panel.
  @Test(arguments: UInt64(0)..<20)
  func noTextMeetsAnotherWhateverTheRange(seed: UInt64) {
    var generator = TicksTests.Generator(state: seed)
    let base = Self.number(&generator)
    let spread = Self.number(&generator)
    let count = 1 + Int(clamped: generator.uniform() * 12)
    let values = (0..<count).map { _ in base + spread * generator.uniform() }
    let long = ["a", "learning_rate", "gudermannian_scaled", "損失関数", "$\\theta_{12}$", ""]
    let names = values.indices.map { "\(long[Int(clamped: generator.uniform() * 6)])\($0)" }
    let label = ["", "loss", "a rather long label of an axis, with $x^2$", "损失"][
      Int(clamped: generator.uniform() * 4)]
    let scale: Axis.Scale =
      [.linear, .log, .automatic, .symlog(threshold: 1)][Int(clamped: generator.uniform() * 4)]
    let axis = Axis(label, scale: scale)
    let side = max(1, min(count, 9))
    let cells = (0..<(side * side)).map { _ in base + spread * generator.uniform() }
    let charts: [any Chart] = [
      LineChart(
        series: names.prefix(6).map { .init($0, values.shuffled(using: &generator)) },
        x: Axis(label), y: axis),
      ScatterChart(sets: [PointSet("a", x: values, y: values)], x: axis, y: axis),
      BarChart(
        categories: names, series: [.init("b", values)], categoryLabel: label, value: axis),
      Histogram(
        series: [.init("h", Bins(edges: [base, base + 1, base + 2], counts: [3, 4e5]))], x: axis),
      RidgelineChart(
        ridges: names.map { .init($0, Bins(edges: [base, base + 1, base + 2], counts: [1, 2])) },
        ridgeLabel: label, x: axis),
      BoxChart(groups: names.map { .init($0, values) }, groupLabel: label, value: axis),
      HeatMap(
        rows: side, columns: side, values: cells, rowNames: Array(names.prefix(side)),
        columnNames: Array(names.prefix(side)), rowLabel: label, columnLabel: label,
        showsValues: generator.uniform() < 0.5 ? true : nil),
      ContourChart(
        field: Field(columns: side, rows: side, x: 0...2, y: -3...1, values: cells), x: axis),
    ]
    for chart in charts {
      let html = chart.render(id: "f").html
      for width in [280.0, 330, 480, 640] {
        let collisions = PictureReader(html, panelWidth: width).collisions
        #expect(collisions.isEmpty, "\(type(of: chart)) at \(width) px: \(collisions)")
      }
    }
  }
}

extension TicksTests.Generator: RandomNumberGenerator {
  mutating func next() -> UInt64 {
    UInt64(Int(clamped: uniform() * 0x1p32)) << 32 | UInt64(Int(clamped: uniform() * 0x1p32))
  }
}
