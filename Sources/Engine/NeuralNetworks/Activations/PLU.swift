internal import Tensors

/// The identity between ±corner, slope α outside.
struct PLU: ActivationFunction {
  let alpha: Double
  let corner: Double

  var kinks: [Double] { [-corner, corner] }

  func value<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    let corner = S(self.corner)
    return S.maximum(alpha * (x + corner) - corner, S.minimum(alpha * (x - corner) + corner, x))
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let alpha = S(self.alpha)
    let corner = S(self.corner)
    return x.magnitude < corner ? 1 : alpha
  }
}

extension Activation {
  static let plu = Activation(
    RegistryEntry(
      .activation, "plu", "the piecewise linear unit",
      formula: #"\max(\alpha(x+c)-c, \min(\alpha(x-c)+c, x))"#,
      derivative: #"\begin{cases}1 & |x|<c\\ \alpha & |x|\ge c\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [
        .number("alpha", 0.1, nil, "outer slope", positional: true),
        .number("c", 1, .above(0), "where the slope changes", positional: true),
      ])
  ) { PLU(alpha: $0.value("alpha"), corner: $0.value("c")) }
}
