internal import Tensors

/// The rectifier, cut at a bound.
struct BoundedReLU: ActivationFunction {
  let bound: Double

  var kinks: [Double] { [0, bound] }
  var kernel: Function? { .clamp(0, bound) }

  func value<S: Scalar>(_ x: S) -> S {
    let bound = S(self.bound)
    return x < 0 ? 0 : x > bound ? bound : x
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let bound = S(self.bound)
    return x > 0 && x < bound ? 1 : 0
  }
}

extension Activation {
  static let relu6 = Activation(
    RegistryEntry(
      .activation, "relu6", "the rectifier, cut at 6", formula: #"\min(6, \max(0, x))"#,
      derivative: #"\begin{cases}1 & 0<x<6\\ 0 & \text{otherwise}\end{cases}"#, range: "[0, 6]")
  ) { _ in BoundedReLU(bound: 6) }

  static let boundedReLU = Activation(
    RegistryEntry(
      .activation, "brelu", aliases: ["bounded_relu", "brelu_bounded"],
      "the rectifier, cut at a bound",
      formula: #"\min(a, \max(0, x))"#,
      derivative: #"\begin{cases}1 & 0<x<a\\ 0 & \text{otherwise}\end{cases}"#, range: "[0, a]",
      [.number("bound", 1, .above(0), "the upper end a", positional: true)])
  ) { BoundedReLU(bound: $0.value("bound")) }
}
