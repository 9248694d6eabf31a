internal import Tensors

/// |x|.
struct Absolute: ActivationFunction {
  var kinks: [Double] { [0] }
  var kernel: Function? { .magnitude }

  func value<S: Scalar>(_ x: S) -> S {
    x.magnitude
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    x > 0 ? 1 : x < 0 ? -1 : 0
  }
}

extension Activation {
  static let absolute = Activation(
    RegistryEntry(
      .activation, "absolute", aliases: ["abs"], "the absolute value", formula: "|x|",
      derivative: #"\operatorname{sign} x"#, range: #"[0, \infty)"#)
  ) { _ in Absolute() }
}
