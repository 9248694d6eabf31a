internal import Tensors

/// The identity, cut at both ends.
struct HardTanh: ActivationFunction {
  let lower: Double
  let upper: Double

  var kinks: [Double] { [lower, upper] }
  var kernel: Function? { .clamp(lower, upper) }

  func value<S: Scalar>(_ x: S) -> S {
    let lower = S(self.lower)
    let upper = S(self.upper)
    return x < lower ? lower : x > upper ? upper : x
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let lower = S(self.lower)
    let upper = S(self.upper)
    return x > lower && x < upper ? 1 : 0
  }
}

extension Activation {
  static let hardTanh = Activation(
    RegistryEntry(
      .activation, "hard_tanh", aliases: ["hardtanh"], "the identity, cut at both ends",
      formula: #"\min(b, \max(a, x))"#,
      derivative: #"\begin{cases}1 & a < x < b\\ 0 & \text{otherwise}\end{cases}"#, range: "[a, b]",
      [
        .number("min", -1, nil, "the lower end a", positional: true),
        .number("max", 1, nil, "the upper end b", positional: true),
      ])
  ) { HardTanh(lower: $0.value("min"), upper: $0.value("max")) }
}
