internal import Tensors

/// (e^(ax)-e^(-bx))/(e^(cx)+e^(-dx)), without overflow.
struct Soboleva: ActivationFunction {
  let a: Double
  let b: Double
  let c: Double
  let d: Double

  func value<S: Scalar>(_ x: S) -> S {
    let a = S(self.a)
    let b = S(self.b)
    let c = S(self.c)
    let d = S(self.d)
    let (up, down) = (S.maximum(a * x, -b * x), S.maximum(c * x, -d * x))
    let ratio =
      (S.exp(a * x - up) - S.exp(-b * x - up)) / (S.exp(c * x - down) + S.exp(-d * x - down))
    return ratio * S.exp(up - down)
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let a = S(self.a)
    let b = S(self.b)
    let c = S(self.c)
    let d = S(self.d)
    let (up, down) = (S.maximum(a * x, -b * x), S.maximum(c * x, -d * x))
    let (p, q) = (S.exp(a * x - up), S.exp(-b * x - up))
    let (r, s) = (S.exp(c * x - down), S.exp(-d * x - down))
    let rise = (a * p + b * q) / (r + s)
    let brake = (p - q) / (r + s) * (c * r - d * s) / (r + s)
    return (rise - brake) * S.exp(up - down)
  }
}

extension Activation {
  static let soboleva = Activation(
    RegistryEntry(
      .activation, "smht", aliases: ["soboleva"],
      "the tangent of Soboleva, each tail with its own bend",
      formula: #"\frac{e^{ax}-e^{-bx}}{e^{cx}+e^{-dx}}"#,
      derivative:
        #"\frac{ae^{ax}+be^{-bx}}{e^{cx}+e^{-dx}}-y\frac{ce^{cx}-de^{-dx}}{e^{cx}+e^{-dx}}"#,
      range: #"(-\infty, \infty)"#,
      [
        .number("a", 1, .above(0), "exponent of the rise on the right", positional: true),
        .number("b", 1, .above(0), "exponent of the fall on the left", positional: true),
        .number("c", 1, .above(0), "exponent of the brake on the right", positional: true),
        .number("d", 1, .above(0), "exponent of the brake on the left", positional: true),
      ])
  ) { Soboleva(a: $0.value("a"), b: $0.value("b"), c: $0.value("c"), d: $0.value("d")) }
}
