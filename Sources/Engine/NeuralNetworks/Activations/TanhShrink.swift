internal import Tensors

/// x-tanh(x), by its series near 0.
struct TanhShrink: ActivationFunction {
  var kernel: Function? { .tanhShrink }

  func value<S: Scalar>(_ x: S) -> S {
    guard x.magnitude < 0.1 else { return x - S.tanh(x) }
    let q = x * x
    // The series: near 0 the difference would lose every digit.
    var sum = S(1382.0 / 155925)
    sum = S(-62.0 / 2835) + q * sum
    sum = S(17.0 / 315) + q * sum
    sum = S(-2.0 / 15) + q * sum
    sum = S(1.0 / 3) + q * sum
    return x * q * sum
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let t = S.tanh(x)
    return t * t
  }
}

extension Activation {
  static let tanhShrink = Activation(
    RegistryEntry(
      .activation, "tanhshrink", aliases: ["tanh_shrink"], "what the tangent takes away",
      formula: #"x-\tanh x"#, derivative: #"\tanh^2 x"#, range: #"(-\infty, \infty)"#)
  ) { _ in TanhShrink() }
}
