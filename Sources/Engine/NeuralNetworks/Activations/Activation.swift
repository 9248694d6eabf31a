internal import Tensors

/// An activation of one variable: its entry in the registry, and the function of its arguments.
///
/// Each has its own file, with its value and its derivative, and is listed in `all`.
struct Activation: Sendable {
  let entry: RegistryEntry
  /// The function of a term of the entry.
  let function: @Sendable (Term) -> ScalarFunction

  init<Function: ActivationFunction>(
    _ entry: RegistryEntry, function: @escaping @Sendable (Term) -> Function
  ) {
    self.entry = entry
    self.function = { ScalarFunction(function($0)) }
  }

  /// In the order of reference tables: sigmoids, rectifiers, smooth rectifiers, others.
  static let all: [Activation] = [
    .identity, .binaryStep, .sigmoid, .bipolarSigmoid, .hardSigmoid, .hardSigmoidKeras, .tanh,
    .hardTanh, .lecunTanh, .arctan, .arctanScaled, .arsinh, .softsign, .erf, .erfScaled,
    .gudermannian, .gudermannianScaled, .isru, .sqnl, .soboleva, .relu, .relu6, .boundedReLU,
    .squaredReLU, .leakyReLU, .prelu, .rrelu, .threshold, .srelu, .apl, .plu, .softShrink,
    .hardShrink, .tanhShrink, .absolute, .elu, .celu, .selu, .isrlu, .softplus, .sparsePlus,
    .squareplus, .logSigmoid, .gelu, .geluTanh, .silu, .swish, .hardSwish, .mish, .hardMish, .elish,
    .tanhExp, .serf, .lisht, .softClipping, .bentIdentity, .softExponential, .exponential,
    .gaussian, .sqRBF, .multiquadric, .sinusoid, .sinc, .sincNormalized, .gcu, .snake,
  ]

  /// The activation of this name; nil where there is none.
  static func named(_ name: String) -> Activation? { all.first { $0.entry.name == name } }
}

extension Term {
  /// The number of an argument; 0 without argument and default.
  func value(_ name: String) -> Double { number(name) ?? 0 }
}
