import Charts
import Foundation

extension ChartsGallery {
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

  static func amounts() -> [(String, Figure)] {
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

  static func matrices() -> [(String, Figure)] {
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
              .init("activation"), .init("shape"), .init("loss", best: .minimum),
              .init("accuracy", format: .percent, best: .maximum), .init("test loss over time"),
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

  static func graphs() -> [(String, Figure)] {
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

  static func oddities(_ xs: [Double]) -> [(String, Figure)] {
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
