internal import Tensors

/// 1/(1+e^-x).
struct Sigmoid: ActivationFunction {
  var kernel: Function? { .sigmoid }
  var fusesInDouble: Bool { true }

  func value<S: Scalar>(_ x: S) -> S {
    logistic(x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    logisticSlope(x)
  }
}

/// tanh(x/2).
struct BipolarSigmoid: ActivationFunction {
  var kernel: Function? { .scaledTanh(amplitude: 1, rate: 0.5) }

  func value<S: Scalar>(_ x: S) -> S {
    S.tanh(x / 2)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    tanhSlope(x / 2) / 2
  }
}

extension Activation {
  static let sigmoid = Activation(
    RegistryEntry(
      .activation, "sigmoid", aliases: ["logistic"], "the logistic curve from 0 to 1",
      formula: #"\frac{1}{1+e^{-x}}"#, derivative: #"y(1-y)"#, range: "(0, 1)")
  ) { _ in Sigmoid() }

  static let bipolarSigmoid = Activation(
    RegistryEntry(
      .activation, "bipolar_sigmoid", "the logistic curve from -1 to 1",
      formula: #"\frac{1-e^{-x}}{1+e^{-x}}"#, derivative: #"\tfrac12(1-y^2)"#, range: "(-1, 1)")
  ) { _ in BipolarSigmoid() }
}
