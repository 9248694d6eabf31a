internal import Tensors

/// x/(1+|x|).
struct Softsign: ActivationFunction {
  var kinks: [Double] { [0] }
  var kernel: Function? { .softsign }
  var gain: Double { 2.337533 }

  func value<S: Scalar>(_ x: S) -> S {
    x / (1 + x.magnitude)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let q = 1 + x.magnitude
    return 1 / (q * q)
  }
}

extension Activation {
  static let softsign = Activation(
    RegistryEntry(
      .activation, "softsign", aliases: ["elliot", "absolute_rational"],
      "a sigmoid that saturates slowly", formula: #"\frac{x}{1+|x|}"#,
      derivative: #"\frac{1}{(1+|x|)^2}"#, range: "(-1, 1)")
  ) { _ in Softsign() }
}
