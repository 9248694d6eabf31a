import NeuralNetworks

/// Short trainings of every kind, each with digests of its exact results, which must be the same
/// natively and as WebAssembly.
enum Trainings {
  /// A training with its name.
  struct Training {
    var name: String
    var spec: TrainingSpec
  }

  static let all: [Training] =
    layers + activations + initializers + optimizers + losses + schedules + preparations

  /// `name: digests`, or why it could not be run.
  static func report(_ index: Int) -> String {
    let training = all[index]
    do throws(EngineError) {
      return "\(training.name): \(try run(training.spec))"
    } catch {
      return "\(training.name): refused: \(error)"
    }
  }

  private static func run(_ spec: TrainingSpec) throws(EngineError) -> String {
    // First a whole training: its history has the losses before, during and after.
    let outcome = try Engine.train(spec, files: { _ in nil })
    var history = BitDigest()
    for entry in outcome.history {
      history.add(entry.trainLoss)
      history.add(entry.testLoss ?? 0)
      history.add(entry.testAccuracy ?? entry.trainAccuracy ?? 0)
    }
    // Then step by step, which gives access to the weights.
    let data = try Engine.dataset(spec.data, seed: spec.seed, files: { _ in nil })
    var training = try SteppedTraining(spec, on: data)
    try training.drawParameters()
    var outputs = BitDigest()
    let first = (0..<Int32(min(spec.batch, data.count))).map { $0 }
    for row in training.probabilities(of: first) {
      for value in row { outputs.add(value) }
    }
    var losses = BitDigest()
    for step in 0..<6 {
      let batch = first.map { Int32((Int($0) + 5 * step) % data.count) }
      losses.add(training.step(batch.span))
    }
    var weights = BitDigest()
    for parameter in training.parameters {
      for value in parameter { weights.add(value) }
    }
    return "history \(history), forward \(outputs), losses \(losses), weights \(weights)"
  }
}

/// FNV-1a over the bits of numbers.
struct BitDigest: CustomStringConvertible {
  private var state: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ value: Float) { add(UInt64(value.bitPattern), bytes: 4) }
  mutating func add(_ value: Double) { add(value.bitPattern, bytes: 8) }

  private mutating func add(_ bits: UInt64, bytes: UInt64) {
    for byte in 0..<bytes { state = (state ^ (bits >> (8 * byte) & 0xff)) &* 0x100_0000_01b3 }
  }

  var description: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }
}

// MARK: - Specifications

extension Trainings {
  private static func term(
    _ kind: Kind, _ name: String, _ arguments: [String: Argument] = [:]
  ) -> Term {
    do { return try Registry.term(kind, name, arguments) } catch {
      preconditionFailure("\(name): \(error)")
    }
  }

  private static func layer(
    _ name: String, _ arguments: [String: Argument] = [:]
  ) -> LayerSpec {
    .term(term(.layer, name, arguments))
  }

  private static func dense(_ units: Int) -> LayerSpec {
    layer("dense", ["units": .integer(units)])
  }

  private static let tanh = LayerSpec.term(term(.activation, "tanh"))

  private static func points(_ name: String, _ count: Int = 40) -> Term {
    term(.dataset, name, ["samples": .integer(count)])
  }

  private static func spec(
    _ network: [LayerSpec], _ data: Term, _ optimizer: Term? = nil
  ) -> TrainingSpec {
    var spec = TrainingSpec(network: network, data: data, optimizer: optimizer)
    spec.batch = 12
    spec.length = .epochs(3)
    return spec
  }

  private static let plane = points("moons")
  private static let small: [LayerSpec] = [dense(6), tanh, dense(2)]

  private static func image(_ layers: [LayerSpec]) -> TrainingSpec {
    let data = term(
      .dataset, "noise",
      ["samples": .integer(30), "features": .integer(128), "classes": .integer(3)])
    return spec(
      [layer("reshape", ["shape": .numbers([2, 8, 8])])] + layers + [layer("flatten"), dense(3)],
      data, term(.optimizer, "adam"))
  }

  private static func sequence(_ layers: [LayerSpec]) -> TrainingSpec {
    let data = term(
      .dataset, "copy",
      [
        "samples": .integer(24), "length": .integer(3), "pause": .integer(1),
        "symbols": .integer(3),
      ])
    return spec(
      [layer("embedding", ["size": .integer(4)])] + layers + [
        layer("each", ["units": .integer(5)])
      ],
      data, term(.optimizer, "adam"))
  }

  private static var layers: [Training] {
    func conv(_ arguments: [String: Argument] = [:]) -> LayerSpec {
      var arguments = arguments
      arguments["filters"] = .integer(4)
      return layer("conv", arguments)
    }
    let relu = LayerSpec.term(term(.activation, "relu"))
    func cell(_ name: String) -> TrainingSpec { sequence([layer(name, ["units": .integer(5)])]) }
    return [
      Training(
        name: "wide layers", spec: spec([dense(80), relu, dense(70), tanh, dense(2)], plane)),
      Training(
        name: "residual", spec: spec([dense(6), .residual([dense(6), tanh]), dense(2)], plane)),
      Training(
        name: "branches",
        spec: spec([.branches([[dense(3)], [dense(4), tanh]], join: .concat), dense(2)], plane)),
      Training(
        name: "frozen and repeated",
        spec: spec([.frozen([dense(5)]), .repeated(3, [dense(5), relu]), dense(2)], plane)),
      Training(
        name: "convolution, pooled",
        spec: image([conv(), relu, layer("max_pool", ["size": .integer(2)])])),
      Training(
        name: "convolution with a stride",
        spec: image([conv(["stride": .integer(2), "groups": .integer(2)]), tanh])),
      Training(
        name: "dilated convolution",
        spec: image([conv(["dilation": .integer(2), "padding": .integer(0)]), relu])),
      Training(name: "depthwise convolution", spec: image([layer("depthwise_conv"), relu])),
      Training(
        name: "transposed convolution",
        spec: image([layer("conv_transpose", ["filters": .integer(3), "stride": .integer(2)])])),
      Training(
        name: "pooling",
        spec: image([
          layer("avg_pool", ["size": .integer(2)]),
          layer("max_pool", ["size": .integer(3), "stride": .integer(2), "ceil": .flag(true)]),
        ])),
      Training(name: "global pooling", spec: image([conv(), layer("global_avg_pool")])),
      Training(name: "batch norm", spec: image([conv(), layer("batch_norm"), relu])),
      Training(name: "instance norm", spec: image([conv(), layer("instance_norm")])),
      Training(
        name: "group norm", spec: image([conv(), layer("group_norm", ["groups": .integer(2)])])),
      Training(
        name: "layer norm", spec: spec([dense(6), layer("layer_norm"), tanh, dense(2)], plane)),
      Training(name: "rms norm", spec: spec([dense(6), layer("rms_norm"), tanh, dense(2)], plane)),
      Training(name: "dropout", spec: spec([dense(9), layer("dropout"), tanh, dense(2)], plane)),
      Training(
        name: "alpha dropout",
        spec: spec([dense(9), layer("alpha_dropout", ["p": .number(0.3)]), dense(2)], plane)),
      Training(
        name: "scale and shift",
        spec: spec([dense(4), layer("scale"), layer("shift"), dense(2)], plane)),
      Training(name: "simple cell", spec: cell("rnn")),
      Training(name: "long short-term memory", spec: cell("lstm")),
      Training(name: "gated cell", spec: cell("gru")),
      Training(
        name: "attention",
        spec: sequence([
          layer("position"), layer("attention", ["heads": .integer(2), "causal": .flag(true)]),
        ])),
    ]
  }

  private static var activations: [Training] {
    Registry.entries(of: .activation).map { entry in
      Training(
        name: "activation \(entry.name)",
        spec: spec([dense(6), .term(entry.defaultTerm), dense(2)], plane))
    }
  }

  private static var initializers: [Training] {
    Registry.entries(of: .initializer).filter { $0.name != "values" }.map { entry in
      var spec = spec([dense(4), tanh, dense(4), tanh, dense(2)], plane)
      spec.initializer = entry.defaultTerm
      return Training(name: "initializer \(entry.name)", spec: spec)
    }
  }

  private static var optimizers: [Training] {
    Registry.entries(of: .optimizer).map { entry in
      Training(name: "optimizer \(entry.name)", spec: spec(small, plane, entry.defaultTerm))
    }
  }

  /// Each with the first data and outputs that it fits.
  private static var losses: [Training] {
    Registry.entries(of: .loss).map { entry in
      var result = spec(small, plane)
      search: for name in ["sine", "moons", "circles"] {
        for outputs in [1, 2, 3, 4, 6] {
          result = spec([dense(6), tanh, dense(outputs)], points(name))
          result.loss = entry.defaultTerm
          let fits = (try? Engine.describe(result, files: { _ in nil })) != nil
          if fits { break search }
        }
      }
      return Training(name: "loss \(entry.name)", spec: result)
    }
  }

  private static var schedules: [Training] {
    Registry.entries(of: .schedule).map { entry in
      var spec = spec(small, plane)
      let given: [String: Argument] =
        switch entry.name {
        case "multistep": ["milestones": .numbers([1, 3])]
        case "triangular": ["peak": .number(0.2)]
        default: [:]
        }
      spec.schedule = term(.schedule, entry.name, given)
      spec.length = .epochs(5)
      return Training(name: "schedule \(entry.name)", spec: spec)
    }
  }

  private static var preparations: [Training] {
    let data = [
      "xor", "parity", "moons", "circles", "spirals", "blobs", "checkerboard", "linear", "sine",
      "friedman", "noise",
    ].map { name in
      let isNumbers = ["linear", "sine", "friedman"].contains(name)
      let outputs = isNumbers ? 1 : ["blobs", "spirals", "noise"].contains(name) ? 3 : 2
      var given: [String: Argument] = [:]
      let entry = Registry.entry(.dataset, name)!
      if entry.parameter("samples") != nil { given["samples"] = .integer(40) }
      if entry.parameter("classes") != nil { given["classes"] = .integer(3) }
      return Training(
        name: "data \(name)",
        spec: spec([dense(6), tanh, dense(outputs)], term(.dataset, name, given)))
    }
    let pretrained = ["autoencoder", "rbm", "transfer"].map { name in
      var spec = spec([dense(6), tanh, dense(4), tanh, dense(2)], plane)
      spec.pretraining = term(
        .pretraining, name, name == "transfer" ? ["data": .word("circles")] : [:])
      return Training(name: "pretraining \(name)", spec: spec)
    }
    var scaled = spec(small, points("blobs"))
    scaled.standardizes = true
    scaled.clipNorm = 0.5
    scaled.testShare = 0.3
    scaled.network = [dense(6), tanh, dense(3)]
    return data + pretrained + [Training(name: "standardised, clipped", spec: scaled)]
  }
}
