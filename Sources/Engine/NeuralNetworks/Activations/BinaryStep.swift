internal import Tensors

/// 1 from 0 on, 0 below.
struct BinaryStep: ActivationFunction {
  var kinks: [Double] { [0] }

  func value<S: Scalar>(_ x: S) -> S {
    x >= 0 ? 1 : 0
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    0
  }
}

extension Activation {
  static let binaryStep = Activation(
    RegistryEntry(
      .activation, "binary_step", aliases: ["step", "heaviside"],
      "the threshold of the first neurons: no gradient flows through it",
      formula: #"\begin{cases}1 & x \ge 0\\ 0 & x < 0\end{cases}"#, derivative: "0",
      range: #"\{0, 1\}"#)
  ) { _ in BinaryStep() }
}
