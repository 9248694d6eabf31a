internal import Tensors

/// sin(ωx).
struct Sinusoid: ActivationFunction {
  let omega: Double

  var kernel: Function? { .sin(rate: omega) }
  var gain: Double { 1.520867 }

  func value<S: Scalar>(_ x: S) -> S {
    let omega = S(self.omega)
    return S.sin(omega * x)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let omega = S(self.omega)
    return omega * S.cos(omega * x)
  }
}

extension Activation {
  static let sinusoid = Activation(
    RegistryEntry(
      .activation, "sinusoid", aliases: ["sin"], "the sine; with a frequency, a layer of SIREN",
      formula: #"\sin\omega x"#, derivative: #"\omega\cos\omega x"#, range: "[-1, 1]",
      [.number("omega", 1, .above(0), "frequency", positional: true)])
  ) { Sinusoid(omega: $0.value("omega")) }
}
