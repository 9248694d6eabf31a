internal import Tensors

/// -ln(1+e^-x).
struct LogSigmoid: ActivationFunction {
  var kernel: Function? { .logSigmoid }

  func value<S: Scalar>(_ x: S) -> S {
    (x < 0 ? x : 0) - S.log1p(S.exp(-x.magnitude))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    logistic(-x)
  }
}

extension Activation {
  static let logSigmoid = Activation(
    RegistryEntry(
      .activation, "log_sigmoid", aliases: ["logsigmoid"], "the logarithm of the logistic curve",
      formula: #"-\ln(1+e^{-x})"#, derivative: #"\sigma(-x)"#, range: #"(-\infty, 0)"#)
  ) { _ in LogSigmoid() }
}
