/// An initializer: its entry in the registry, and how it draws.
///
/// Each is in a file with its variants and is listed in `all`.
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

  /// The initializer of this name; nil where there is none.
  static func named(_ name: String) -> InitializerDefinition? {
    all.first { $0.entry.name == name }
  }

  // Parameters that several initializers share.
  static let gain = Parameter.number(
    "gain", nil, .above(0),
    "factor g; by default 1",
    positional: true)
  static let activationGain = Parameter.flag(
    "activation_gain", false, "g is the gain of the next activation")
  static let slope = Parameter.number(
    "slope", 0, nil, "slope a of a leaky rectifier's negative side", positional: true)
  static let mode = Parameter.choice(
    "mode", ["fan_in", "fan_out", "fan_avg"], "which n: inputs, outputs or their mean")
  static let truncation = Parameter.flag(
    "truncated", false, "truncated at two standard deviations, as in Keras")
  static let spread: [Parameter] = [
    .number("std", 0.05, .atLeast(0), "standard deviation σ", positional: true),
    .number("mean", 0, nil, "mean μ", positional: true),
  ]
}
