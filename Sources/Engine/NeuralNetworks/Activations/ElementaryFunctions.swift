internal import Tensors

/// 1/(1+e^-x) without overflow.
func logistic<S: Scalar>(_ x: S) -> S {
  if x >= 0 { return 1 / (1 + S.exp(-x)) }
  let e = S.exp(x)
  return e / (1 + e)
}

/// σ(x)(1-σ(x)), accurate where it is tiny.
func logisticSlope<S: Scalar>(_ x: S) -> S {
  let e = S.exp(-x.magnitude)
  return e / ((1 + e) * (1 + e))
}

/// 1-tanh², accurate where it is tiny.
func tanhSlope<S: Scalar>(_ x: S) -> S {
  let e = S.exp(-2 * x.magnitude)
  return 4 * e / ((1 + e) * (1 + e))
}

/// ln(1+e^x) without overflow.
func softplus<S: Scalar>(_ x: S) -> S {
  (x > 0 ? x : 0) + S.log1p(S.exp(-x.magnitude))
}
