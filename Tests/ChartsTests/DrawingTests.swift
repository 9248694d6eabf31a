import DecimalText
import Foundation
import Markup
import TestSupport
import Testing

@testable import Charts

struct DrawingTests {
  private static let xs = (0...200).map { -5 + Double($0) / 20 }

  static func noise(_ count: Int, seed: UInt64) -> [Double] {
    var generator = TicksTests.Generator(state: seed)
    return (0..<count).map { _ in (0..<12).reduce(-6) { sum, _ in sum + generator.uniform() } }
  }

  private static func trainingLoss(_ steps: Int) -> [Double] {
    zip(0..<steps, noise(steps, seed: 5)).map { step, noise in
      (0.7 / (1 + 12 * Double(step) / Double(steps)) + 0.02) * (1 + 0.1 * noise)
    }
  }

  static func field(_ size: Int, _ f: (Double, Double) -> Double) -> Field {
    let places = (0..<size).map { -2 + 4 * Double($0) / Double(size - 1) }
    return Field(
      columns: size, rows: size, x: -2...2, y: -2...2,
      values: places.flatMap { y in places.map { x in f(x, y) } })
  }

  private static let points = [
    PointSet(
      "inner", x: noise(40, seed: 1).map { $0 * 0.4 }, y: noise(40, seed: 2).map { $0 * 0.4 }),
    PointSet("outer", x: [-1.8, -1.5, 1.6, 1.7], y: [1.2, -1.6, 1.4, -1.1]),
  ]

  /// One figure of each kind.
  static let figures: [(name: String, figure: Figure)] = [
    (
      "line",
      Figure(
        LineChart(
          "Family",
          series: [
            .init("$x/(1+|x|)$", x: xs, y: xs.map { $0 / (1 + $0.magnitude) }),
            .init("relu", x: xs, y: xs.map { max(0, $0) / 5 }),
          ], x: Axis("$x$"), y: Axis("$f(x)$")))
    ),
    (
      "log",
      Figure(
        LineChart(
          series: [
            .init("a", (1...50).map { 1 / Double($0 * $0) }),
            .init("b", (1...50).map { 1 / Double($0) }),
          ], x: Axis("epoch", format: .whole), y: Axis("loss", scale: .log)))
    ),
    (
      "band",
      Figure(
        LineChart(
          series: [
            .init(
              "mean", x: [0, 1, 2, 3], y: [1, 2, 2.5, 2.7],
              band: .init(lower: [0.5, 1.5, 2.2, 2.5], upper: [1.5, 2.4, 2.8, 3]))
          ], x: Axis("epoch"), y: Axis("accuracy"), rules: [.init(.horizontal, at: 2, "goal")]))
    ),
    (
      "boundary",
      Figure(
        BoundaryChart(
          "Rings", fields: [field(21) { x, y in (x * x + y * y) / 4 }], points: points))
    ),
    (
      "scatter", Figure(ScatterChart("Data", sets: points, x: Axis("x"), y: Axis("y")))
    ),
    (
      "contour",
      Figure(
        ContourChart(
          "Bowl", field: field(21) { x, y in x * x + 2 * y * y },
          paths: [.init("sgd", x: [-1.5, -1, -0.4, 0], y: [1.5, 0.5, 0.1, 0])], valueName: "loss"))
    ),
    (
      "bars",
      Figure(
        BarChart(
          "Gradients", categories: ["1", "2"],
          series: [
            .init("sigmoid", [0.1, 0.4]), .init("relu", [0.3, 0.35], errors: [0.02, 0.01]),
          ],
          categoryLabel: "layer", value: Axis("norm", includesZero: true)))
    ),
    (
      "histogram",
      Figure(
        Histogram(
          "Weights", series: [.init("w", Bins(edges: [-1, 0, 1, 2], counts: [3, 9, 4]))],
          x: Axis("weight")))
    ),
    (
      "ridges",
      Figure(
        RidgelineChart(
          "Depth",
          ridges: (1...3).map {
            .init("\($0)", Bins(edges: [-2, -1, 0, 1, 2], counts: [1, Double(3 * $0), 4, 1]))
          }, ridgeLabel: "layer", x: Axis("activation")))
    ),
    (
      "boxes",
      Figure(
        BoxChart(
          "Seeds", groups: [.init("adam", [1, 2, 3, 4, 20]), .init("sgd", [2, 3, 3.5])],
          value: Axis("loss")))
    ),
    (
      "matrix",
      Figure(
        HeatMap(
          "Confusion", rows: 2, columns: 2, values: [48, 2, 5, 45], rowNames: ["cat", "dog"],
          columnNames: ["cat", "dog"], rowLabel: "true", columnLabel: "predicted"))
    ),
    (
      "images",
      Figure(
        ImageGrid(
          "Digits",
          images: [
            .init(width: 2, height: 2, channels: [[0, 1, 1, 0]], caption: "1 < 2", mark: .wrong)
          ]))
    ),
    (
      "table",
      Figure(
        TableChart(
          columns: [.init("name"), .init("loss", best: .minimum), .init("curve")],
          rows: [
            [.text("a & b"), .spread(0.5, 0.02), .line([3, 2, 1])],
            [.text("$\\theta_1$"), .number(0.25), .empty],
          ]))
    ),
    (
      "network",
      Figure(
        NetworkDrawing(
          parts: [
            .layer(.init("x", shape: "32 × 2", kind: .data)),
            .repeated(
              3,
              [
                .residual(
                  [.layer(.init("dense 16", kind: .weights))], join: .init("+", kind: .join))
              ]),
            .branches(
              [[.layer(.init("relu"))], [.layer(.init("tanh"))]], join: .init("concat", kind: .join)
            ),
          ], direction: .backward))
    ),
    (
      "graph",
      Figure(
        LayeredGraph(
          "$(x + y) z$",
          nodes: [
            .init("x", .variable), .init("y", .variable), .init("z", .variable),
            .init("+", .operation), .init("×", .operation),
          ],
          edges: [
            .init(from: 0, to: 3, value: -2, gradient: -4),
            .init(from: 1, to: 3, value: 5, gradient: -4),
            .init(from: 3, to: 4, value: 3, gradient: -4),
            .init(from: 2, to: 4, value: -4, gradient: 3),
            .init(from: 4, to: nil, value: -12, gradient: 1),
          ]))
    ),
    (
      "frames",
      Figure(
        .frames(
          slider: "epoch",
          [1, 2].map { epoch in
            .init("\(epoch)", [LineChart(series: [.init("y", [0, Double(epoch)])], y: Axis("y"))])
          }))
    ),
  ]

  @Test(arguments: figures.map(\.name))
  func figuresKeepTheirGoldens(name: String) throws {
    let figure = try #require(Self.figures.first { $0.name == name }).figure
    let rendered = figure.render(id: name)
    // One line per element, so that a difference is readable.
    let lines = rendered.html.replacingOccurrences(of: "><", with: ">\n<")
    try expectGolden(lines, "charts/\(name).html")
    try expectGolden(rendered.description + "\n\n" + rendered.csv, "charts/\(name).txt")
  }

  @Test(arguments: figures.map(\.name))
  func figuresAndFilesAreXMLWithIdsOfTheirOwn(name: String) throws {
    var figure = try #require(Self.figures.first { $0.name == name }).figure
    figure.csvLink = "a&b.csv"
    figure.caption = "<em>caption</em>"
    let rendered = figure.render(id: name)
    for text in [rendered.html] + rendered.svg {
      let reader = PictureReader(text)
      #expect(reader.failure == nil, "\(reader.failure ?? "") in \(text.prefix(200))")
      #expect(Set(reader.ids).count == reader.ids.count)
      for reference in reader.references { #expect(reader.ids.contains(reference)) }
      #expect(reader.collisions.isEmpty, "\(reader.collisions)")
    }
    #expect(!rendered.svg.isEmpty)
    #expect(!rendered.description.isEmpty)
    #expect(rendered.html.contains("role=\"img\"") || name == "table")
  }

  /// Odd data, and a phrase that the description must contain.
  private static let odd: [(y: [Double], word: String)] = [
    ([3, 3, 3], "stays at 3"), ([], "no data"), ([0.25], "is 0.25"),
    ([1, .nan, 2, 3], "leave gaps"), ([1, 10, .infinity, .nan], "becomes infinite"),
    ([.nan, .nan], "no data"), ([.infinity], "no data"), ([1e300, -1e308, 1e308], "10³⁰⁸"),
    ([1e-300, 3e-300], "10⁻³⁰⁰"), ([-5, -3, -80], "−80"), ([.leastNonzeroMagnitude, 0], "falls"),
    ([1e15, 1e15 + 2], "×10¹⁵"), ([0, 0], "stays at 0"),
  ]

  @Test(arguments: odd.indices, [Axis.Scale.linear, .log, .automatic, .symlog(threshold: 0.1)])
  func oddDataIsDrawnAndSpokenOf(index: Int, scale: Axis.Scale) {
    let (y, word) = Self.odd[index]
    var chart = LineChart(series: [.init("y", y)], x: Axis("step"), y: Axis("value", scale: scale))
    let rendered = chart.render(id: "odd")
    #expect(rendered.description.contains(word), "\(rendered.description)")
    for bad in ["nan", "inf", "NaN%"] {
      let pictures = rendered.html.components(separatedBy: "<details").first ?? ""
      #expect(!pictures.contains("\"\(bad)"), "\(bad) among the coordinates")
      #expect(!pictures.contains("=\"\(bad)"), "\(bad) among the coordinates")
    }
    chart.series[0].x = chart.series[0].x.reversed()
    if y.count > 1, word != "no data" {
      #expect(chart.render(id: "odd").description.contains("put in order"))
    }
  }

  @Test func chartsWithoutAnythingAreFiguresToo() {
    let empty: [any Chart] = [
      LineChart(series: []), ScatterChart(sets: []), BoundaryChart(fields: []),
      BarChart(categories: [], series: []), Histogram(series: []), RidgelineChart(ridges: []),
      BoxChart(groups: []), HeatMap(rows: 0, columns: 0, values: []), ImageGrid(images: []),
      NetworkDrawing(parts: []), LayeredGraph(nodes: [], edges: []),
      TableChart(columns: [], rows: []),
    ]
    for chart in empty { #expect(chart.render(id: "e").html.hasPrefix("<figure")) }
  }

  // MARK: Weight and truth

  @Test func aTrainingOfTenThousandStepsWeighsLessThanSixKilobytes() throws {
    let chart = LineChart(
      series: [.init("loss", Self.trainingLoss(10_000))], x: Axis("step", format: .whole),
      y: Axis("training loss"))
    let html = chart.render(id: "c").html
    let svg = try #require(
      html.range(of: "<svg class=\"chart[\\s\\S]*</svg>", options: .regularExpression))
    #expect(html[svg].utf8.count < 6000, "\(html[svg].utf8.count) bytes")
  }

  @Test func aBoundaryWeighsLessThanTwentyKilobytes() throws {
    let wavy = Self.field(100) { x, y in
      1 / (1 + Foundation.exp(-4 * (y - Foundation.sin(4 * x) * Foundation.cos(x * y))))
    }
    let many = [
      PointSet("a", x: Self.noise(500, seed: 8), y: Self.noise(500, seed: 9)),
      PointSet("b", x: Self.noise(500, seed: 10), y: Self.noise(500, seed: 11)),
    ]
    let html = BoundaryChart(fields: [wavy], points: many).render(id: "b").html
    let svg = try #require(
      html.range(of: "<svg class=\"chart[\\s\\S]*</svg>", options: .regularExpression))
    #expect(html[svg].utf8.count < 20_000, "\(html[svg].utf8.count) bytes")
  }

  // MARK: Words and files

  @Test func descriptionsTellWhatTheLinesDo() {
    let epochs = (0...20).map(Double.init)
    let chart = LineChart(
      series: [
        .init("sigmoid", x: epochs, y: epochs.map { 0.69 / (1 + $0 / 40) }),
        .init("relu", x: epochs, y: epochs.map { 0.69 / (1 + $0) }),
      ], x: Axis("epoch"), y: Axis("loss"))
    #expect(
      chart.render(id: "w").description
        == "sigmoid falls from 0.69 to 0.46; relu falls from 0.69 to 0.0329. relu reaches 0.5 first, at epoch 1."
    )
    var figure = Figure(chart)
    figure.alternative = "words of the author"
    #expect(figure.render(id: "w").description == "words of the author")
    figure.language = "zh-Hans"
    #expect(figure.render(id: "w").html.contains("数据"))
    var own = chart
    own.alternative = "words for the panel"
    #expect(own.render(id: "w").html.contains("<desc id=\"w-1-desc\">words for the panel</desc>"))
  }

  @Test func tablesAndFilesHoldTheNumbers() {
    let chart = LineChart(
      series: [.init("a, \"b\"", x: [0, 1], y: [0.1, 1e-7]), .init("c", x: [1], y: [.nan])],
      x: Axis("t"))
    #expect(chart.data.csv == "t,\"a, \"\"b\"\"\",c\r\n0,0.1,\r\n1,1e-07,\r\n")
    #expect(chart.render(id: "t").html.contains("<td>1×10⁻⁷</td>"))
  }

  @Test func labelsHoldSimpleMathematics() {
    #expect(Label("$\\theta_1^2$").html == "θ<sub>1</sub><sup>2</sup>")
    #expect(Label("loss $L_{\\text{test}}$").plain == "loss L_test")
    #expect(Label("$x^{-1}$").plain == "x⁻¹")
    #expect(Label("5 \\$").plain == "5 $" || Label("5 \\$").plain == "5 \\$")
    #expect(Label("a $ b").plain == "a $ b")
    #expect(Label("损失").width(size: 12) == 24)
    #expect(Label("$\\unknown$").plain == "unknown")
    let wrapped = Label("a long label of several words").wrapped(width: 80, size: 12)
    #expect(wrapped.count > 1 && wrapped.allSatisfy { $0.width(size: 12) <= 80 })
  }
}
