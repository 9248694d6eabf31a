import Charts
import Foundation

/// Every kind of figure, for review and for the browser test.
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

  /// A noisy, decreasing loss.
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

    /// The sum of twelve uniform numbers, approximately normal, which is enough for a picture.
    mutating func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + uniform() } }
  }

  static func figures() -> [(String, Figure)] {
    curves() + histories() + facets() + planes() + [("Frames that a slider turns", turning())]
      + amounts() + matrices() + graphs() + oddities(xs)
  }

  static let xs = stride(from: -5.0, through: 5.0001, by: 0.05).map { $0 }
  private static let epochs = (0...60).map(Double.init)

  private static func curves() -> [(String, Figure)] {
    func curve(_ name: String, _ f: (Double) -> Double) -> LineChart.Series {
      .init(name, x: xs, y: xs.map(f))
    }
    let sigmoid: (Double) -> Double = { 1 / (1 + exp(-$0)) }
    return [
      (
        "Lines with names at their ends",
        Figure(
          LineChart(
            "Sigmoid and its gradient",
            series: [
              curve("$\\sigma(x)$", sigmoid),
              curve("$\\sigma'(x)$") { sigmoid($0) * (1 - sigmoid($0)) },
            ], x: Axis("$x$"), y: Axis("$y$")))
      ),
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
      ),
    ]
  }

  private static func histories() -> [(String, Figure)] {
    let losses = [("sigmoid", 2.0), ("tanh", 9.0), ("relu", 25.0)].enumerated().map {
      index, entry -> LineChart.Series in
      var noise = Noise(state: UInt64(index))
      let y = (0...200).map { epoch in
        0.69 / (1 + entry.1 * Double(epoch) / 20) * (1 + 0.04 * noise.normal()) + 0.001
      }
      return .init(entry.0, y)
    }
    let means = [0.9, 0.5].map { rate in epochs.map { 0.98 - 0.5 / (1 + rate * $0) } }
    return [
      (
        "A logarithmic axis",
        Figure(
          LineChart(
            "Loss by activation", series: losses, x: Axis("epoch", format: .whole),
            y: Axis("test loss", scale: .log)))
      ),
      (
        "Ten thousand steps",
        Figure(
          LineChart(
            series: [.init("loss", trainingLoss(steps: 10_000, seed: 3))],
            x: Axis("step", format: .whole), y: Axis("training loss")))
      ),
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
      ),
    ]
  }

  private static func facets() -> [(String, Figure)] {
    [
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
      ),
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
      ),
    ]
  }
}
