internal import Tensors

/// x·tanh(ln(1+e^x)).
struct Mish: ActivationFunction {
  var kernel: Function? { .mish }
  var gain: Double { 1.486848 }

  func value<S: Scalar>(_ x: S) -> S {
    x * tanhSoftplus(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let t = tanhSoftplus(x)
    // 1 - t² is 4(n+1)/(n+2)² with n = e^x(e^x+2).
    if x > 20 { return 1 }
    let e = S.exp(x)
    let n = e * (e + 2)
    return t + x * 4 * (n + 1) / ((n + 2) * (n + 2)) * logistic(x)
  }
}

extension Activation {
  static let mish = Activation(
    RegistryEntry(
      .activation, "mish", "the input times the tangent of its softplus",
      formula: #"x\tanh\ln(1+e^x)"#, derivative: #"t+x(1-t^2)\sigma(x),\ t=\tanh\ln(1+e^x)"#,
      range: #"[-0.31, \infty)"#)
  ) { _ in Mish() }
}

/// tanh(ln(1+e^x)).
private func tanhSoftplus<S: Scalar>(_ x: S) -> S {
  if x > 20 { return 1 }
  let e = S.exp(x)
  let n = e * (e + 2)
  return n / (n + 2)
}
