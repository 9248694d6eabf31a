internal import Tensors

/// The hyperbolic tangent.
struct Tanh: ActivationFunction {
  var kernel: Function? { .tanh }
  var fusesInDouble: Bool { true }
  var gain: Double { 5.0 / 3 }

  func value<S: Scalar>(_ x: S) -> S {
    S.tanh(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    tanhSlope(x)
  }
}

/// 1.7159·tanh(2x/3).
struct LeCunTanh: ActivationFunction {
  var kernel: Function? { .scaledTanh(amplitude: 1.7159, rate: 2.0 / 3) }

  func value<S: Scalar>(_ x: S) -> S {
    S(1.7159) * S.tanh(x * 2 / 3)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    S(1.7159) * tanhSlope(x * 2 / 3) * 2 / 3
  }
}

extension Activation {
  static let tanh = Activation(
    RegistryEntry(
      .activation, "tanh", "the hyperbolic tangent", formula: #"\tanh x"#, derivative: "1-y^2",
      range: "(-1, 1)")
  ) { _ in Tanh() }

  static let lecunTanh = Activation(
    RegistryEntry(
      .activation, "lecun_tanh", "LeCun's scaled tangent, ±1 at ±1",
      formula: #"1.7159 \tanh\tfrac{2x}{3}"#,
      derivative: #"1.7159\cdot\tfrac23\left(1-\tanh^2\tfrac{2x}{3}\right)"#,
      range: "(-1.7159, 1.7159)")
  ) { _ in LeCunTanh() }
}
