import NeuralNetworks

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A training that other engines have done too: the same data, first weights and batches, made from
/// splitmix64, and the loss over all samples that it must end at.
struct TrainingWorkload {
  let name: String
  let summary: String
  let spec: TrainingSpec
  let data: Dataset
  let weights: [[Float]]
  let orders: [[Int32]]
  let batch: Int
  /// Multiplications and additions of the whole training.
  let operations: Double
  let loss: ClosedRange<Double>
  let lossText: String
  let rivals: Rivals

  /// Steps a second on one core and on two, as the workloads' table has them.
  struct Rivals {
    let best: (name: String, speed: Double)
    let framework: (name: String, speed: Double)
    let twoCores: (name: String, speed: Double)?
    let goal: Double
    let goalOfTwo: Double?
  }

  var stepsPerEpoch: Int { (data.count + batch - 1) / batch }
  var steps: Int { orders.count * stepsPerEpoch }

  static func all() throws -> [TrainingWorkload] {
    try [moons(), wide(), deep(), convolutional()]
  }
}

extension TrainingWorkload {
  private static func moons() throws -> TrainingWorkload {
    let half = 500
    let angles = (0..<half).map { Double.pi * Double($0) / Double(half - 1) }
    let points =
      angles.flatMap { [cos($0), sin($0)] } + angles.flatMap { [1 - cos($0), 0.5 - sin($0)] }
    let noise = SplitMix.normal(11, 4 * half)
    let inputs = zip(points, noise).map { Float($0 + 0.1 * $1) }
    let labels = (0..<2 * half).map { Int32($0 / half) }
    return try perceptron(
      1, "2-16-16-1 tanh, moons, batch 32, SGD", sizes: [2, 16, 16, 1], "tanh",
      Dataset(
        "moons", shape: Shape(2), inputs: inputs, targets: .classes(labels, names: ["0", "1"])),
      initializer: .glorot, batch: 32, epochs: 200,
      optimizer: Registry.term(.optimizer, "sgd", ["rate": .number(0.1)]), loss: "0.00242",
      Rivals(
        best: ("C over OpenBLAS", 448_700), framework: ("JAX scan", 104_700),
        twoCores: ("JAX scan", 129_800), goal: 600_000, goalOfTwo: nil))
  }

  private static func wide() throws -> TrainingWorkload {
    try perceptron(
      2, "784-256-128-10 ReLU, blobs, batch 64, SGD with momentum", sizes: [784, 256, 128, 10],
      "relu", blobs(21, 6000, Shape(784)), initializer: .he, batch: 64, epochs: 5,
      optimizer: Registry.term(
        .optimizer, "sgd", ["rate": .number(0.01), "momentum": .number(0.9)]), loss: "0.00218",
      Rivals(
        best: ("C over OpenBLAS", 1342), framework: ("JAX scan", 1296),
        twoCores: ("C over OpenBLAS", 1985), goal: 1500, goalOfTwo: 2600))
  }

  private static func deep() throws -> TrainingWorkload {
    try perceptron(
      3, "30 × 64 tanh, blobs, batch 64, SGD", sizes: Array(repeating: 64, count: 31) + [10],
      "tanh", blobs(31, 2000, Shape(64)), initializer: .glorot, batch: 64, epochs: 10,
      optimizer: Registry.term(.optimizer, "sgd", ["rate": .number(0.05)]), loss: "1.32654",
      Rivals(
        best: ("C over OpenBLAS", 1900), framework: ("JAX scan", 1345),
        twoCores: ("a framework", 1217), goal: 2100, goalOfTwo: nil))
  }

  private static func convolutional() throws -> TrainingWorkload {
    let data = blobs(41, 2000, Shape(1, 28, 28))
    let shapes = [(8, 9), (16, 72), (10, 784)]
    var weights: [[Float]] = []
    for (index, (out, fan)) in shapes.enumerated() {
      weights.append(SplitMix.weights(UInt64(4000 + index), out, fan, .he))
      weights.append([Float](repeating: 0, count: out))
    }
    var network: [LayerSpec] = []
    for filters in [8, 16] {
      try network.append(
        .term(
          Registry.term(
            .layer, "conv",
            ["filters": .integer(filters), "kernel": .integer(3), "padding": .integer(1)])))
      try network.append(.term(Registry.term(.activation, "relu")))
      try network.append(.term(Registry.term(.layer, "max_pool")))
    }
    try network.append(.term(Registry.term(.layer, "flatten")))
    try network.append(.term(Registry.term(.layer, "dense", ["units": .integer(10)])))
    let (first, second, dense) = (8.0 * 9 * 784, 16.0 * 72 * 196, 7840.0)
    return try TrainingWorkload(
      4, "conv 8, pool, conv 16, pool, dense 10, blobs, batch 32, Adam", network, data,
      weights: weights, batch: 32, epochs: 2,
      optimizer: Registry.term(.optimizer, "adam", ["rate": .number(0.001)]),
      operationsPerSample: 2 * (2 * first + 3 * (second + dense)), loss: "1.3725", slack: 7e-4,
      Rivals(
        best: ("C over OpenBLAS", 1690), framework: ("PyTorch 1.13", 200),
        twoCores: ("a framework", 303), goal: 2000, goalOfTwo: 3500))
  }

  private static func perceptron(
    _ number: Int, _ summary: String, sizes: [Int], _ activation: String, _ data: Dataset,
    initializer: SplitMix.Limit, batch: Int, epochs: Int, optimizer: Term, loss: String,
    _ rivals: Rivals
  ) throws -> TrainingWorkload {
    var network: [LayerSpec] = []
    var weights: [[Float]] = []
    var multiplications = 0
    for layer in 0..<sizes.count - 1 {
      let (inputs, units) = (sizes[layer], sizes[layer + 1])
      try network.append(
        .term(Registry.term(.layer, "dense", ["units": .integer(units)])))
      if layer < sizes.count - 2 {
        try network.append(.term(Registry.term(.activation, activation)))
      }
      weights.append(
        SplitMix.weights(UInt64(1000 * number + layer), units, inputs, initializer))
      weights.append([Float](repeating: 0, count: units))
      // The first layer has no gradient of its input to compute.
      multiplications += (layer == 0 ? 2 : 3) * units * inputs
    }
    return try TrainingWorkload(
      number, summary, network, data, weights: weights, batch: batch, epochs: epochs,
      optimizer: optimizer, operationsPerSample: 2 * Double(multiplications), loss: loss,
      slack: 0, rivals)
  }

  /// - Parameter slack: How far the loss may be from the reference's besides its last digit:
  ///   frameworks themselves differ by as much.
  private init(
    _ number: Int, _ summary: String, _ network: [LayerSpec], _ data: Dataset, weights: [[Float]],
    batch: Int, epochs: Int, optimizer: Term, operationsPerSample: Double, loss: String,
    slack: Double, _ rivals: Rivals
  ) throws {
    name = "W\(number)"
    self.summary = summary
    self.data = data
    self.weights = weights
    self.batch = batch
    self.rivals = rivals
    orders = (0..<epochs).map { SplitMix.order(UInt64(100 * number + $0), data.count) }
    operations = operationsPerSample * Double(data.count * epochs)
    var spec = TrainingSpec(
      network: network, data: try Registry.term(.dataset, "xor"), optimizer: optimizer)
    spec.batch = batch
    self.spec = spec
    lossText = slack > 0 ? "\(loss) ± \(slack)" : loss
    let digits = loss.split(separator: ".")[1].count
    let unit = (0..<digits).reduce(1.0) { unit, _ in unit / 10 }
    let width = slack > 0 ? slack : 1.5 * unit
    self.loss = Double(loss)! - width...Double(loss)! + width
  }

  /// Samples around a prototype for each of ten classes.
  private static func blobs(_ seed: UInt64, _ count: Int, _ shape: Shape) -> Dataset {
    let width = shape.count
    let prototypes = SplitMix.uniform(seed, 10 * width).map { 2 * $0 - 1 }
    let noise = SplitMix.normal(seed + 1, count * width)
    let inputs = (0..<count * width).map { index in
      Float(0.3 * prototypes[index / width % 10 * width + index % width] + 0.5 * noise[index])
    }
    return Dataset(
      "blobs", shape: shape, inputs: inputs,
      targets: .classes((0..<count).map { Int32($0 % 10) }, names: (0..<10).map(String.init)))
  }
}

/// The numbers that every engine trains with: uniform in [0, 1) with 24 bits, from a seed.
enum SplitMix {
  enum Limit { case glorot, he }

  static func uniform(_ seed: UInt64, _ count: Int) -> [Double] {
    (0..<UInt64(count)).map { index in
      var z = seed << 32 &+ (index &+ 1) &* 0x9E37_79B9_7F4A_7C15
      z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      z ^= z >> 31
      return Double(z >> 40) * 0x1p-24
    }
  }

  static func normal(_ seed: UInt64, _ count: Int) -> [Double] {
    zip(uniform(seed, count), uniform(seed + 1, count)).map {
      (-2 * log(1 - $0)).squareRoot() * cos(2 * Double.pi * $1)
    }
  }

  /// Weights (out, in), uniform in ± the initializer's limit.
  static func weights(_ seed: UInt64, _ out: Int, _ fan: Int, _ limit: Limit) -> [Float] {
    let bound =
      switch limit {
      case .glorot: (6 / Double(fan + out)).squareRoot()
      case .he: (6 / Double(fan)).squareRoot()
      }
    return uniform(seed, out * fan).map { Float((2 * $0 - 1) * bound) }
  }

  /// The samples' places in the order of their random keys.
  static func order(_ seed: UInt64, _ count: Int) -> [Int32] {
    let keys = uniform(seed, count)
    return (0..<count).sorted { (keys[$0], $0) < (keys[$1], $1) }.map { Int32($0) }
  }
}
