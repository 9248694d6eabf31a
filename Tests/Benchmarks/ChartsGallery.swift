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

  private static func planes() -> [(String, Figure)] {
    let sets = moons(400)
    let boundary = field(80, x: -1.6...2.6, y: -1.2...1.7) { x, y in
      1 / (1 + exp(-5 * (0.25 - y + 0.75 * cos(2.4 * x + 0.4) * exp(-x * x / 4))))
    }
    let centres = [(0.0, 1.0), (0.9, -0.6), (-0.9, -0.5), (0.1, -0.1)]
    let scores = centres.map { centre in
      field(60, x: -2...2, y: -2...2) { x, y in
        -((x - centre.0) * (x - centre.0) + (y - centre.1) * (y - centre.1))
          + 0.2 * sin(5 * x * centre.0) + 0.1 * cos(4 * y)
      }
    }
    var noise = Noise(state: 3)
    let blobs = zip("abcd", centres).map { name, centre in
      var xs: [Double] = []
      var ys: [Double] = []
      for _ in 0..<60 {
        xs.append(centre.0 + 0.35 * noise.normal())
        ys.append(centre.1 + 0.35 * noise.normal())
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
