internal import Tensors

/// An initializer: its entry in the registry, and how it draws.
///
/// Each is in a file with its relatives; it is known when it is in `all`.
struct InitializerDefinition: Sendable {
  let entry: RegistryEntry
  /// The values in the order of the shape (out, in, …).
  let values: @Sendable (inout InitialDraw) throws(EngineError) -> [Double]

  init(
    _ entry: RegistryEntry,
    values: @escaping @Sendable (inout InitialDraw) throws(EngineError) -> [Double]
  ) {
    self.entry = entry
    self.values = values
  }

  static let all: [InitializerDefinition] = [
    .zeros, .ones, .constant, .values, .normal, .uniform, .truncatedNormal, .lecunNormal,
    .lecunUniform, .glorotNormal, .glorotUniform, .heNormal, .heUniform, .varianceScaling,
    .torchDefault, .orthogonal, .deltaOrthogonal, .identity, .dirac, .sparse, .siren, .lsuv, .fixup,
  ]

  /// The one that a term of the registry names.
  static func named(_ name: String) -> InitializerDefinition? {
    all.first { $0.entry.name == name }
  }

  // Parameters that several take.
  static let gain = Parameter.number(
    "gain", nil, .above(0),
    "factor g; by default 1",
    positional: true)
  static let activationGain = Parameter.flag(
    "activation_gain", false, "g is what the next activation asks for")
  static let slope = Parameter.number(
    "slope", 0, nil, "slope a of a leaky rectifier's negative side", positional: true)
  static let mode = Parameter.choice(
    "mode", ["fan_in", "fan_out", "fan_avg"], "which n: inputs, outputs or their mean")
  static let truncation = Parameter.flag(
    "truncated", false, "drawn again beyond two standard deviations, as Keras does")
  static let spread: [Parameter] = [
    .number("std", 0.05, .atLeast(0), "standard deviation σ", positional: true),
    .number("mean", 0, nil, "mean μ", positional: true),
  ]
}

/// What an initializer knows of the parameter that it draws, and the stream that it draws from.
struct InitialDraw {
  let term: Term
  let shape: Shape
  let fans: Initializer.Fans
  let context: Initializer.Context
  var generator: Generator

  var count: Int { shape.count }

  /// The factor that was asked for, as a number or as what the next activation needs; else 1.
  var gain: Double { term.number("gain") ?? (term.flag("activation_gain") ? context.gain : 1) }

  /// A number that has a default.
  func number(_ name: String) -> Double { term.number(name)! }

  mutating func fill(_ draw: (inout Generator) -> Double) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(draw(&generator)) }
    return values
  }

  mutating func normal(_ deviation: Double, mean: Double = 0) -> [Double] {
    fill { mean + deviation * $0.normal() }
  }

  /// Between ±bound.
  mutating func uniform(_ bound: Double) -> [Double] {
    fill { bound * (2 * $0.uniform() - 1) }
  }

  /// A bell, cut at two deviations where the author asks for Keras' form.
  mutating func bell(_ deviation: Double, truncated: Bool) -> [Double] {
    guard truncated else { return normal(deviation) }
    let wider = deviation / Initializer.truncatedDeviation
    return fill { wider * $0.truncatedNormal() }
  }
}
