internal import Tensors

/// x/2·min(2, max(0, x+2)).
struct HardMish: ActivationFunction {
  var kinks: [Double] { [-2, 0] }

  func value<S: Scalar>(_ x: S) -> S { x <= -2 ? 0 : x >= 0 ? x : x * (x + 2) / 2 }
  func derivative<S: Scalar>(_ x: S) -> S { x <= -2 ? 0 : x >= 0 ? 1 : x + 1 }
}

extension Activation {
  static let hardMish = Activation(
    RegistryEntry(
      .activation, "hard_mish", aliases: ["hardmish"], "mish in straight and square pieces",
      formula: #"\tfrac x2\min(2, \max(0, x+2))"#,
      derivative: #"\begin{cases}0 & x\le -2\\ x+1 & -2<x<0\\ 1 & x\ge 0\end{cases}"#,
      range: #"[-\tfrac12, \infty)"#)
  ) { _ in HardMish() }
}
