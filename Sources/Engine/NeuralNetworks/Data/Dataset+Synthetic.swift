internal import Tensors

/// Generated data sets. Positions and noise are drawn from separate streams, so that more samples
/// do not change the first ones.
extension Dataset {
  /// All rows of zeros and ones in ascending order, the first bit the most significant; the class
  /// is whether the number of ones is odd.
  static func parity(bits: Int, name: String) -> Dataset {
    let count = 1 << bits
    var inputs: [Float] = []
    inputs.reserveCapacity(count * bits)
    for row in 0..<count {
      for bit in (0..<bits).reversed() { inputs.append(Float(row >> bit & 1)) }
    }
    let classes = (0..<count).map { Int32($0.nonzeroBitCount & 1) }
    return Dataset(
      name: name, shape: Shape(bits), count: count, inputs: inputs,
      featureNames: (1...bits).map { "x\($0)" },
      targets: .classes(classes, names: name == "xor" ? ["0", "1"] : ["even", "odd"]),
      isComplete: true)
  }

  static func checkerboard(samples: Int, noise: Double, squares: Int, seed: UInt64) -> Dataset {
    var points = Generator(seed: seed, purpose: "checkerboard points")
    var shakes = Generator(seed: seed, purpose: "checkerboard noise")
    var inputs: [Float] = []
    inputs.reserveCapacity(samples * 2)
    var labels: [Int32] = []
    labels.reserveCapacity(samples)
    for _ in 0..<samples {
      let (x, y) = (points.uniform(), points.uniform())
      let column = Int(clamped: x * Double(squares))
      let row = Int(clamped: y * Double(squares))
      labels.append(Int32((column + row) & 1))
      inputs.append(Float(2 * x - 1 + noise * shakes.normal()))
      inputs.append(Float(2 * y - 1 + noise * shakes.normal()))
    }
    return Dataset(
      name: "checkerboard", shape: Shape(2), count: samples, inputs: inputs,
      featureNames: ["x₁", "x₂"], targets: .classes(labels, names: ["0", "1"]))
  }

  static func blobs(
    samples: Int, noise: Double, classes: Int, features: Int, seed: UInt64
  ) -> Dataset {
    var generator = Generator(seed: seed, purpose: "blobs centres")
    var shakes = Generator(seed: seed, purpose: "blobs noise")
    var centers = (0..<classes * features).map { _ in 4 * generator.uniform() - 2 }
    if features == 2 {
      // In the plane the clusters are on a circle, so that they are separable.
      let turn = 2 * Double.pi * generator.uniform()
      for label in 0..<classes {
        let angle = turn + 2 * Double.pi * Double(label) / Double(classes)
        centers[2 * label] = 2 * Double.cos(angle)
        centers[2 * label + 1] = 2 * Double.sin(angle)
      }
    }
    var inputs: [Float] = []
    inputs.reserveCapacity(samples * features)
    var labels: [Int32] = []
    labels.reserveCapacity(samples)
    for index in 0..<samples {
      let label = index % classes
      for feature in 0..<features {
        inputs.append(Float(centers[label * features + feature] + noise * shakes.normal()))
      }
      labels.append(Int32(label))
    }
    return Dataset(
      name: "blobs", shape: Shape(features), count: samples, inputs: inputs,
      featureNames: (1...features).map { "x\($0)" },
      targets: .classes(labels, names: (0..<classes).map(String.init)))
  }

  static func noise(samples: Int, features: Int, classes: Int, seed: UInt64) -> Dataset {
    var generator = Generator(seed: seed, purpose: "noise")
    let inputs = (0..<samples * features).map { _ in Float(generator.normal()) }
    let labels = (0..<samples).map { _ in Int32(generator.below(classes)) }
    return Dataset(
      name: "noise", shape: Shape(features), count: samples, inputs: inputs, featureNames: [],
      targets: .classes(labels, names: (0..<classes).map(String.init)))
  }

  /// A regression data set: inputs in -1...1 (0...1 for `friedman`) and their values with noise.
  private static func regression(
    _ name: String, _ samples: Int, features: Int, noise: Double, seed: UInt64,
    range: ClosedRange<Double> = -1...1, _ value: ([Double]) -> Double
  ) -> Dataset {
    var points = Generator(seed: seed, purpose: "\(name) points")
    var shakes = Generator(seed: seed, purpose: "\(name) noise")
    let width = range.upperBound - range.lowerBound
    var inputs: [Float] = []
    inputs.reserveCapacity(samples * features)
    var targets: [Float] = []
    targets.reserveCapacity(samples)
    for _ in 0..<samples {
      let x = (0..<features).map { _ in range.lowerBound + width * points.uniform() }
      inputs += x.map { Float($0) }
      targets.append(Float(value(x) + noise * shakes.normal()))
    }
    return Dataset(
      name: name, shape: Shape(features), count: samples, inputs: inputs,
      featureNames: features == 1 ? ["x"] : (1...features).map { "x\($0)" },
      targets: .numbers(targets, columns: 1, names: ["y"]))
  }

  static func linear(samples: Int, noise: Double, features: Int, seed: UInt64) -> Dataset {
    var generator = Generator(seed: seed, purpose: "linear slopes")
    let slopes = (0..<features).map { _ in 2 * generator.uniform() - 1 }
    let offset = 2 * generator.uniform() - 1
    return regression("linear", samples, features: features, noise: noise, seed: seed) { x in
      zip(slopes, x).reduce(offset) { $0 + $1.0 * $1.1 }
    }
  }

  static func sine(samples: Int, noise: Double, periods: Double, seed: UInt64) -> Dataset {
    regression("sine", samples, features: 1, noise: noise, seed: seed) {
      Double.sin(.pi * periods * $0[0])
    }
  }

  /// - Source: Friedman, *Multivariate adaptive regression splines* (1991), eq. 61.
  static func friedman(samples: Int, noise: Double, seed: UInt64) -> Dataset {
    regression("friedman", samples, features: 10, noise: noise, seed: seed, range: 0...1) { x in
      let centered = x[2] - 0.5
      return 10 * Double.sin(.pi * x[0] * x[1]) + 20 * centered * centered + 10 * x[3] + 5 * x[4]
    }
  }

  /// Symbols from 2 on, then blanks (0), then as many "repeat" signs (1) as symbols; the target is
  /// blank before the signs.
  static func copy(
    samples: Int, length: Int, pause: Int, symbols: Int, seed: UInt64
  ) -> Dataset {
    var generator = Generator(seed: seed, purpose: "copy")
    let steps = 2 * length + pause
    var inputs: [Float] = []
    inputs.reserveCapacity(samples * steps)
    var labels: [Int32] = []
    labels.reserveCapacity(samples * steps)
    for _ in 0..<samples {
      let message = (0..<length).map { _ in 2 + generator.below(symbols) }
      inputs += message.map { Float($0) } + [Float](repeating: 0, count: pause)
      inputs += [Float](repeating: 1, count: length)
      labels += [Int32](repeating: 0, count: length + pause) + message.map { Int32($0) }
    }
    return Dataset(
      name: "copy", shape: Shape(steps), count: samples, inputs: inputs, featureNames: [],
      targets: .steps(
        labels,
        names: ["·", "?"] + (0..<symbols).map { String(UnicodeScalar(UInt8(65 + $0 % 26))) }),
      symbolCount: symbols + 2)
  }

  static func values(_ term: Term) throws(EngineError) -> Dataset {
    let x = term.numbers("x")!
    let y = term.numbers("y")!
    let features = term.integer("features") ?? x.count
    guard features > 0, x.count % features == 0, !x.isEmpty else {
      throw .argument(
        entry: "values", parameter: "x",
        problem: "\(x.count) inputs are not samples of \(features)")
    }
    let count = x.count / features
    guard !y.isEmpty, y.count % count == 0 else {
      throw .argument(
        entry: "values", parameter: "y", problem: "\(y.count) targets do not fit \(count) samples")
    }
    let columns = y.count / count
    let targets: Targets
    if term.word("kind") == "classes" {
      let labels = y.compactMap { Int32(exactly: $0) }
      guard columns == 1, labels.count == count, labels.allSatisfy({ $0 >= 0 && $0 < 10_000 })
      else {
        throw .argument(
          entry: "values", parameter: "y", problem: "classes are one whole number from 0 a sample")
      }
      targets = .classes(labels, names: (0...Int(labels.max()!)).map(String.init))
    } else {
      targets = .numbers(
        y.map { Float($0) }, columns: columns, names: (1...columns).map { "y\($0)" })
    }
    return Dataset(
      name: "values", shape: Shape(features), count: count, inputs: x.map { Float($0) },
      featureNames: (1...features).map { "x\($0)" }, targets: targets,
      exact: Exact(inputs: x, targets: y),
      isComplete: true)
  }
}
