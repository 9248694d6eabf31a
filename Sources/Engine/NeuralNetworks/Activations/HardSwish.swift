internal import Tensors

/// x·min(6, max(0, x+3))/6.
struct HardSwish: ActivationFunction {
  var kinks: [Double] { [-3, 3] }
  var kernel: Function? { .hardSwish }

  func value<S: Scalar>(_ x: S) -> S {
    x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5
  }
}

extension Activation {
  static let hardSwish = Activation(
    RegistryEntry(
      .activation, "hard_swish", aliases: ["hardswish", "hard_silu"],
      "silu in straight and square pieces",
      formula: #"x\,\frac{\min(6, \max(0, x+3))}{6}"#,
      derivative:
        #"\begin{cases}0 & x\le -3\\ \tfrac x3+\tfrac12 & -3<x<3\\ 1 & x\ge 3\end{cases}"#,
      range: #"[-\tfrac38, \infty)"#)
  ) { _ in HardSwish() }
}
