internal import Tensors

/// Draws the points of data sets in a plane or in space: positions and noise come from separate
/// streams.
struct PointDraws {
  let term: Term
  let seed: UInt64
  let count: Int
  var positions: Generator
  private let noise: Double
  private var disturbances: Generator

  init(_ term: Term, _ seed: UInt64) {
    self.term = term
    self.seed = seed
    count = term.integer("samples") ?? 1000
    noise = term.number("noise") ?? 0
    positions = Generator(seed: seed, purpose: "data")
    disturbances = Generator(seed: seed, purpose: "noise")
  }

  mutating func disturbed(_ value: Double) -> Float {
    Float(noise == 0 ? value : value + noise * disturbances.normal())
  }

  /// Classes of points, in random order: `point` gives the sample's coordinates without noise.
  mutating func classes(
    _ label: (Int) -> Int, names: [String], features: Int = 2,
    point: (inout Generator, Int) -> [Double]
  ) -> Dataset {
    var inputs = [Float](repeating: 0, count: count * features)
    var labels = [Int32](repeating: 0, count: count)
    var order = Generator(seed: seed, purpose: "order")
    for (sample, row) in order.permutation(count).enumerated() {
      for (column, value) in point(&positions, sample).enumerated() {
        inputs[Int(row) * features + column] = disturbed(value)
      }
      labels[Int(row)] = Int32(label(sample))
    }
    return Dataset(
      name: term.name, shape: Shape(features), count: count, inputs: inputs,
      featureNames: (1...features).map { "x\($0)" }, targets: .classes(labels, names: names))
  }
}

extension Dataset {
  /// Two half circles of radius 1, one of them upside down and moved by (1, ½), as in scikit-learn.
  static func moons(_ draws: consuming PointDraws) -> Dataset {
    var draws = draws
    let upper = draws.count / 2
    let lower = draws.count - upper
    return draws.classes({ $0 < upper ? 0 : 1 }, names: ["0", "1"]) { _, sample in
      if sample < upper {
        let angle = Double.pi * Double(sample) / Double(max(upper - 1, 1))
        return [Double.cos(angle), Double.sin(angle)]
      }
      let angle = Double.pi * Double(sample - upper) / Double(max(lower - 1, 1))
      return [1 - Double.cos(angle), 0.5 - Double.sin(angle)]
    }
  }

  /// Two circles around the origin, the inner one's radius `factor` of the outer one's.
  static func circles(_ draws: consuming PointDraws, factor: Double) -> Dataset {
    var draws = draws
    let outer = draws.count - draws.count / 2
    return draws.classes({ $0 < outer ? 0 : 1 }, names: ["0", "1"]) { generator, sample in
      let angle = 2 * Double.pi * generator.uniform()
      let radius = sample < outer ? 1 : factor
      return [radius * Double.cos(angle), radius * Double.sin(angle)]
    }
  }

  /// An arm for each class, all turned around the origin.
  static func spirals(_ draws: consuming PointDraws, classes: Int, turns: Double) -> Dataset {
    var draws = draws
    return draws.classes({ $0 % classes }, names: (0..<classes).map(String.init)) {
      generator, sample in
      // The square root spreads the samples evenly along the arm.
      let radius = generator.uniform().squareRoot()
      let angle = 2 * Double.pi * (turns * radius + Double(sample % classes) / Double(classes))
      return [radius * Double.cos(angle), radius * Double.sin(angle)]
    }
  }
}
