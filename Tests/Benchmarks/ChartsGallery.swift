import Charts
import Foundation

/// One of each figure, for looking at and for the browser test.
enum ChartsGallery {
  static func page() -> String {
    var body = ""
    for (index, (heading, figure)) in figures().enumerated() {
      var figure = figure
      figure.caption = heading
      figure.csvLink = "gallery-\(index + 1).csv"
      body += "<section>\(figure.render(id: "g\(index + 1)").html)</section>\n"
    }
    return """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Gallery of figures</title>
      <meta name="viewport" content="width=device-width">
      <link rel="stylesheet" href="figures.css">
      <style>
      body { margin: 0 auto; padding: 0 16px; max-width: 720px;
        background: var(--figure-ground); color: var(--figure-text); font: 16px/1.5 sans-serif; }
      </style>
      <script defer src="figures.js"></script>
      </head><body>
      <h1>Gallery of figures</h1>
      \(body)</body></html>

      """
  }

  /// A loss that falls and trembles.
  static func trainingLoss(steps: Int, seed: UInt64, noise: Double = 0.1) -> [Double] {
    var generator = Noise(state: seed)
    return (0..<steps).map { step in
      let progress = Double(step) / Double(max(steps, 1))
      return (0.7 / (1 + 12 * progress) + 0.02) * (1 + noise * generator.normal())
    }
  }

  struct Noise {
    var state: UInt64

    mutating func uniform() -> Double {
      state &+= 0x9e37_79b9_7f4a_7c15
      var z = state
      z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
      z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
      return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
    }

    /// Twelve uniforms: near enough to a normal for a picture.
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
  }

  static func figures() -> [(String, Figure)] {
    let xs = stride(from: -5.0, through: 5.0001, by: 0.05).map { $0 }
    func curve(_ name: String, _ f: (Double) -> Double) -> LineChart.Series {
      .init(name, x: xs, y: xs.map(f))
    }
    let sigmoid: (Double) -> Double = { 1 / (1 + exp(-$0)) }
    var list: [(String, Figure)] = []
    list.append(
      (
        "Lines with names at their ends",
        Figure(
          LineChart(
            "Sigmoid and its gradient",
            series: [
              curve("$\\sigma(x)$", sigmoid),
              curve("$\\sigma'(x)$") { sigmoid($0) * (1 - sigmoid($0)) },
            ], x: Axis("$x$"), y: Axis("$y$")))
      ))
    list.append(
      (
        "Lines whose names would meet",
        Figure(
          LineChart(
            series: [
              curve("erf") { erf($0 * 0.886) },
              curve("$x/\\sqrt{1+x^2}$") { $0 / (1 + $0 * $0).squareRoot() },
              curve("tanh") { tanh($0) },
              curve("$\\frac{2}{\\pi}$ atan") { atan($0 * .pi / 2) * 2 / .pi },
              curve("$x/(1+|x|)$") { $0 / (1 + abs($0)) },
            ], x: Axis("$x$"), y: Axis("$f(x)$, slope 1 at 0")))
      ))
    let losses = [("sigmoid", 2.0), ("tanh", 9.0), ("relu", 25.0)].enumerated().map {
      index, entry -> LineChart.Series in
      var noise = Noise(state: UInt64(index))
      let y = (0...200).map { epoch in
        0.69 / (1 + entry.1 * Double(epoch) / 20) * (1 + 0.04 * noise.normal()) + 0.001
      }
      return .init(entry.0, y)
    }
    list.append(
      (
        "A logarithmic axis",
        Figure(
          LineChart(
            "Loss by activation", series: losses, x: Axis("epoch", format: .whole),
            y: Axis("test loss", scale: .log)))
      ))
    list.append(
      (
        "Ten thousand steps",
        Figure(
          LineChart(
            series: [.init("loss", trainingLoss(steps: 10_000, seed: 3))],
            x: Axis("step", format: .whole), y: Axis("training loss")))
      ))
    let epochs = (0...60).map(Double.init)
    let means = [0.9, 0.5].map { rate in epochs.map { 0.98 - 0.5 / (1 + rate * $0) } }
    list.append(
      (
        "Bands: mean of five seeds ± standard deviation",
        Figure(
          LineChart(
            "Accuracy",
            series: zip(["he_normal", "glorot_uniform"], means).map { name, mean in
              .init(
                name, x: epochs, y: mean,
                band: .init(
                  lower: zip(mean, epochs).map { $0 - 0.08 / (1 + $1 / 20) },
                  upper: zip(mean, epochs).map { $0 + 0.06 / (1 + $1 / 20) }))
            }, x: Axis("epoch", format: .whole),
            y: Axis("test accuracy", format: .percent),
            rules: [
              .init(.horizontal, at: 0.9, "goal"), .init(.vertical, at: 20, "schedule steps"),
            ]))
      ))
    list.append(
      (
        "Steps, points, and a symmetric logarithm",
        Figure(
          LineChart(
            "Learning rate",
            series: [
              .init(
                "step decay", x: (0...40).map(Double.init),
                y: (0...40).map { pow(0.5, Double($0 / 10)) * 0.1 }, isStep: true)
            ], x: Axis("epoch", format: .whole), y: Axis("rate", includesZero: true)),
          LineChart(
            "Gradient",
            series: [
              .init(
                "g", x: (0...20).map(Double.init),
                y: (0...20).map { pow(-1.9, Double($0 % 9)) * Double($0) }, showsPoints: true)
            ], x: Axis("step"), y: Axis("gradient", scale: .symlog(threshold: 1))))
      ))
    list.append(
      (
        "Facets that share scales and a legend",
        Figure(
          .panels(
            LineChart.sharingScales(
              [1, 2, 4, 8].map { depth in
                LineChart(
                  "depth \(depth)",
                  series: ["train", "test"].enumerated().map { index, name in
                    .init(
                      name, x: epochs,
                      y: epochs.map { 0.7 * exp(-$0 / Double(5 * depth)) + 0.02 * Double(index) })
                  }, x: Axis("epoch", format: .whole), y: Axis("loss"))
              })))
      ))
    list += planes()
    list.append(("Frames that a slider turns", turning()))
    list += amounts()
    list += matrices()
    list += graphs()
    list += oddities(xs)
    return list
  }

  private static func moons(_ count: Int) -> [PointSet] {
    var noise = Noise(state: 7)
    return (0..<2).map { side in
      var xs: [Double] = []
      var ys: [Double] = []
      for index in 0..<(count / 2) {
        let angle = Double.pi * Double(index) / Double(count / 2 - 1)
        let flip = side == 0 ? 1.0 : -1.0
        xs.append((side == 0 ? cos(angle) : 1 - cos(angle)) + 0.1 * noise.normal())
        ys.append((side == 0 ? 0 : 0.5) + flip * sin(angle) + 0.1 * noise.normal())
      }
      return PointSet(side == 0 ? "upper" : "lower", x: xs, y: ys)
    }
  }

  private static func field(
    _ size: Int, x: ClosedRange<Double>, y: ClosedRange<Double>, _ f: (Double, Double) -> Double
  ) -> Field {
    var values: [Double] = []
    for row in 0..<size {
      for column in 0..<size {
        values.append(
          f(
            x.lowerBound + (x.upperBound - x.lowerBound) * Double(column) / Double(size - 1),
            y.lowerBound + (y.upperBound - y.lowerBound) * Double(row) / Double(size - 1)))
      }
    }
    return Field(columns: size, rows: size, x: x, y: y, values: values)
  }

  private static func turning() -> Figure {
    let sets = moons(200)
    return Figure(
      .frames(
        slider: "epoch",
        [0, 5, 20, 100].map { epoch in
          let sharpness = Double(epoch) / 15
          let boundary = field(40, x: -1.6...2.6, y: -1.2...1.7) { x, y in
            let bend = 0.75 * cos(2.4 * x + 0.4) * exp(-x * x / 4) * min(1, sharpness)
            return 1 / (1 + exp(-(0.5 + sharpness) * (0.25 - y + bend)))
          }
          return .init(
            "\(epoch)", [BoundaryChart("What the network says", fields: [boundary], points: sets)])
        }))
  }

  private static func planes() -> [(String, Figure)] {
    let sets = moons(400)
    let boundary = field(80, x: -1.6...2.6, y: -1.2...1.7) { x, y in
      1 / (1 + exp(-5 * (0.25 - y + 0.75 * cos(2.4 * x + 0.4) * exp(-x * x / 4))))
    }
    let centers = [(0.0, 1.0), (0.9, -0.6), (-0.9, -0.5), (0.1, -0.1)]
    let scores = centers.map { center in
      field(60, x: -2...2, y: -2...2) { x, y in
        -((x - center.0) * (x - center.0) + (y - center.1) * (y - center.1))
          + 0.2 * sin(5 * x * center.0) + 0.1 * cos(4 * y)
      }
    }
    var noise = Noise(state: 3)
    let blobs = zip("abcd", centers).map { name, center in
      var xs: [Double] = []
      var ys: [Double] = []
      for _ in 0..<60 {
        xs.append(center.0 + 0.35 * noise.normal())
        ys.append(center.1 + 0.35 * noise.normal())
      }
      return PointSet("class \(name)", x: xs, y: ys)
    }
    let valley = field(90, x: -2...2, y: -1...3) { x, y in
      (1 - x) * (1 - x) + 20 * (y - x * x) * (y - x * x) + 0.01
    }
    var way = (x: [-1.5], y: [2.5])
    var velocity = (0.0, 0.0)
    for _ in 0..<300 {
      let (x, y) = (way.x.last!, way.y.last!)
      let gx = -2 * (1 - x) - 80 * x * (y - x * x)
      let gy = 40 * (y - x * x)
      velocity = (0.9 * velocity.0 - 0.0008 * gx, 0.9 * velocity.1 - 0.0008 * gy)
      way.x.append(x + velocity.0)
      way.y.append(y + velocity.1)
    }
    return [
      (
        "A boundary between two classes",
        Figure(BoundaryChart("Moons", fields: [boundary], points: sets))
      ),
      (
        "Four classes, and the data alone",
        Figure(
          BoundaryChart("Four classes", fields: scores, points: blobs),
          ScatterChart(
            "The data", sets: blobs, x: Axis("$x_1$"), y: Axis("$x_2$"), hasEqualUnits: true))
      ),
      (
        "Contours of a valley, and a way down",
        Figure(
          ContourChart(
            "Rosenbrock’s valley", field: valley, paths: [.init("momentum", x: way.x, y: way.y)],
            valueName: "loss"))
      ),
    ]
  }

  private static func bins(_ mean: Double, _ deviation: Double, seed: UInt64) -> Bins {
    var noise = Noise(state: seed)
    let edges = (0...48).map { -3 + Double($0) / 8 }
    var counts = [Double](repeating: 0, count: 48)
    for _ in 0..<4000 {
      let place = Int((mean + deviation * noise.normal() + 3) * 8)
      if counts.indices.contains(place) { counts[place] += 1 }
    }
    return Bins(edges: edges, counts: counts)
  }

  private static func amounts() -> [(String, Figure)] {
    var noise = Noise(state: 11)
    let samples = [0.0, 0.4, 1.1].map { center in
      (0..<80).map { _ in center + 0.3 * noise.normal() * (1 + abs(noise.normal())) }
    }
    return [
      (
        "Bars, standing and lying",
        Figure(
          BarChart(
            "Gradient by layer", categories: ["1", "2", "3", "4"],
            series: [
              .init("sigmoid", [0.004, 0.02, 0.09, 0.35]), .init("relu", [0.31, 0.33, 0.36, 0.4]),
            ], categoryLabel: "layer", value: Axis("gradient norm", includesZero: true)),
          BarChart(
            "Test error",
            categories: ["glorot_uniform", "he_normal", "orthogonal, gain $\\sqrt{2}$", "zeros"],
            series: [.init("error", [0.12, 0.08, 0.09, 0.5], errors: [0.02, 0.01, 0.015, 0])],
            value: Axis("test error", format: .percent, includesZero: true)))
      ),
      (
        "Histograms, one and two",
        Figure(
          Histogram(
            "Weights", series: [.init("weights", bins(0, 0.8, seed: 1))], x: Axis("weight")),
          Histogram(
            "Before and after",
            series: [
              .init("before", bins(0, 0.5, seed: 2)), .init("after", bins(0.6, 1, seed: 3)),
            ],
            x: Axis("activation")))
      ),
      (
        "A distribution through depth",
        Figure(
          RidgelineChart(
            "Activations of tanh layers",
            ridges: (1...8).map {
              .init("\($0)", bins(0, 1.1 * pow(0.75, Double($0)), seed: UInt64($0)))
            }, ridgeLabel: "layer", x: Axis("activation")))
      ),
      (
        "Boxes",
        Figure(
          BoxChart(
            "Loss over 80 seeds",
            groups: zip(["sgd", "momentum", "adam"], samples).map { .init($0, $1) },
            groupLabel: "optimizer", value: Axis("test loss")))
      ),
    ]
  }

  private static func matrices() -> [(String, Figure)] {
    var noise = Noise(state: 5)
    let digits = (0..<10).map(String.init)
    var confusion = (0..<100).map { _ -> Double in noise.uniform() > 0.8 ? 3 : 0 }
    for digit in 0..<10 { confusion[11 * digit] = Double(86 + digit % 7) }
    let images = (0..<12).map { index -> ImageGrid.Image in
      let pixels = (0..<64).map { at -> Double in
        let x = Double(at % 8) - 3.5
        let y = Double(at / 8) - 3.5
        let radius = (x * x + y * y).squareRoot() - 2.5 + Double(index % 3) * 0.3
        return max(0, 1 - abs(radius))
      }
      return ImageGrid.Image(
        width: 8, height: 8, channels: [pixels], caption: index == 4 ? "6, not 0" : "0",
        mark: index == 4 ? .wrong : .right)
    }
    let filters = (0..<8).map { _ in
      ImageGrid.Image(width: 5, height: 5, channels: [(0..<25).map { _ in noise.normal() }])
    }
    return [
      (
        "A confusion matrix",
        Figure(
          HeatMap(
            "Digits", rows: 10, columns: 10, values: confusion, rowNames: digits,
            columnNames: digits, rowLabel: "true class", columnLabel: "predicted class"))
      ),
      (
        "Weights, few and many",
        Figure(
          HeatMap(
            "16 × 12", rows: 16, columns: 12, values: (0..<192).map { _ in noise.normal() },
            columnLabel: "input", shades: .diverging, showsValues: false),
          HeatMap(
            "64 × 64", rows: 64, columns: 64, values: (0..<4096).map { _ in noise.normal() },
            shades: .diverging))
      ),
      (
        "Images with what was seen in them, and filters",
        Figure(
          ImageGrid("Predictions", images: images),
          ImageGrid("Filters of the first layer", images: filters, tone: .signed))
      ),
      (
        "A table",
        Figure(
          TableChart(
            columns: [
              .init("activation"), .init("shape"), .init("loss", best: .least),
              .init("accuracy", format: .percent, best: .greatest), .init("test loss over time"),
            ],
            rows: ["sigmoid", "tanh", "relu"].enumerated().map { index, name in
              [
                .text(name), .curve(x: [-2, -0.5, 0, 0.5, 2], y: [0, 0.1, 0.5, 0.9, 1]),
                .spread(0.3 / Double(index + 1), 0.02 / Double(index + 1)),
                .number(0.8 + 0.07 * Double(index)),
                .line(trainingLoss(steps: 60, seed: UInt64(index))),
              ]
            }))
      ),
    ]
  }

  private static func graphs() -> [(String, Figure)] {
    let graph = LayeredGraph(
      "$f = (x + y) \\cdot z$",
      nodes: [
        .init("$x$", .variable), .init("$y$", .variable), .init("$z$", .variable),
        .init("+", .operation), .init("×", .operation), .init("$f$", .result),
      ],
      edges: [
        .init(from: 0, to: 3, value: -2, gradient: -4),
        .init(from: 1, to: 3, value: 5, gradient: -4),
        .init(from: 3, to: 4, value: 3, gradient: -4),
        .init(from: 2, to: 4, value: -4, gradient: 3),
        .init(from: 4, to: 5, value: -12, gradient: 1),
      ])
    let neuron = LayeredGraph(
      "A neuron",
      nodes: [
        .init("$w_0$", .variable), .init("$x_0$", .variable), .init("$w_1$", .variable),
        .init("$x_1$", .variable), .init("$b$", .variable), .init("×", .operation),
        .init("×", .operation), .init("+", .operation), .init("+", .operation),
        .init("sigmoid", .operation),
      ],
      edges: [
        .init(from: 0, to: 5, value: 2, gradient: -0.1966),
        .init(from: 1, to: 5, value: -1, gradient: 0.3932),
        .init(from: 2, to: 6, value: -3, gradient: -0.3932),
        .init(from: 3, to: 6, value: -2, gradient: -0.5898),
        .init(from: 5, to: 7, value: -2, gradient: 0.1966),
        .init(from: 6, to: 7, value: 6, gradient: 0.1966),
        .init(from: 7, to: 8, value: 4, gradient: 0.1966),
        .init(from: 4, to: 8, value: -3, gradient: 0.1966),
        .init(from: 8, to: 9, value: 1, gradient: 0.1966),
        .init(from: 9, to: nil, value: 0.7311, gradient: 1),
      ])
    let conv = NetworkDrawing.Layer(
      "conv 3×3", detail: "8 filters", shape: "8 × 14 × 14", kind: .weights)
    let relu = NetworkDrawing.Layer("relu", shape: "8 × 14 × 14")
    let residual: [NetworkDrawing.Part] = [
      .layer(.init("input", shape: "1 × 28 × 28", kind: .data)), .layer(conv), .layer(relu),
      .repeated(
        3, [.residual([.layer(conv), .layer(relu), .layer(conv)], join: .init("+", kind: .join))]),
      .branches(
        [[.layer(conv)], [.layer(.init("pool", detail: "2 × 2")), .layer(conv)]],
        join: .init("concat", shape: "16 × 14 × 14", kind: .join)),
      .layer(.init("dense 10", detail: "31,370 parameters", shape: "10", kind: .weights)),
      .layer(.init("softmax", kind: .loss)),
    ]
    let small: [NetworkDrawing.Part] = [
      .layer(.init("x", shape: "32 × 2", kind: .data, units: 2)),
      .layer(.init("dense 16", detail: "48", shape: "32 × 16", kind: .weights, units: 16)),
      .layer(.init("tanh", shape: "32 × 16")),
      .layer(.init("dense 1", detail: "17", shape: "32 × 1", kind: .weights, units: 1)),
    ]
    return [
      ("A computation graph", Figure(graph)), ("A longer one", Figure(neuron)),
      ("A network as units", Figure(NetworkDrawing(parts: small, look: .units))),
      ("A network forward", Figure(NetworkDrawing(parts: small))),
      ("A network backward", Figure(NetworkDrawing(parts: small, direction: .backward))),
      ("A deep network", Figure(NetworkDrawing(parts: residual))),
    ]
  }

  private static func oddities(_ xs: [Double]) -> [(String, Figure)] {
    func chart(_ name: String, _ y: [Double], x: [Double]? = nil) -> LineChart {
      LineChart(
        name, series: [.init("y", x: x ?? y.indices.map(Double.init), y: y)], x: Axis("x"),
        y: Axis("value"))
    }
    return [
      (
        "What is odd is drawn, and said",
        Figure(
          chart("constant", [3, 3, 3, 3]), chart("empty", []), chart("one point", [0.25]),
          chart("not a number", [1, 2, .nan, 3, 2.5, .nan, .nan, 4]),
          chart("diverging", [1, 2, 4, 9, 70, 900, .infinity, .nan]),
          chart("huge", [1e300, 5e307, -1e308, 1e308]), chart("tiny", [1e-12, 3e-12, 2.5e-12]),
          chart("far from zero", [1e9 + 1, 1e9 + 1.5, 1e9 + 1.25]),
          chart("all negative", [-5, -3, -80, -2]),
          chart("unordered", [9, 1, 4, 0, 16], x: [3, 1, 2, 0, 4]))
      )
    ]
  }
}
