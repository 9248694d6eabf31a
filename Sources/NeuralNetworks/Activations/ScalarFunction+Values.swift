internal import Tensors

private let invSqrt2 = 0.70710678118654752440
private let invSqrt2Pi = 0.39894228040143267794
private let sqrt2OverPi = 0.79788456080286535588
private let twoOverSqrtPi = 1.12837916709551257390
private let halfSqrtPi = 0.88622692545275801365
private let halfPi = 1.57079632679489661923

/// 1/(1+e^-x) without overflow.
func logistic<S: Scalar>(_ x: S) -> S {
  if x >= 0 { return 1 / (1 + S.exp(-x)) }
  let e = S.exp(x)
  return e / (1 + e)
}

/// σ(x)(1-σ(x)), accurate where it is tiny.
private func logisticSlope<S: Scalar>(_ x: S) -> S {
  let e = S.exp(-x.magnitude)
  return e / ((1 + e) * (1 + e))
}

/// 1-tanh², accurate where it is tiny.
private func tanhSlope<S: Scalar>(_ x: S) -> S {
  let e = S.exp(-2 * x.magnitude)
  return 4 * e / ((1 + e) * (1 + e))
}

/// ln(1+e^x) without overflow.
func softplus<S: Scalar>(_ x: S) -> S {
  (x > 0 ? x : 0) + S.log1p(S.exp(-x.magnitude))
}

private func sech<S: Scalar>(_ x: S) -> S {
  let e = S.exp(-x.magnitude)
  return 2 * e / (1 + e * e)
}

/// tanh(ln(1+e^x)).
private func tanhSoftplus<S: Scalar>(_ x: S) -> S {
  if x > 20 { return 1 }
  let e = S.exp(x)
  let n = e * (e + 2)
  return n / (n + 2)
}

private func sinc<S: Scalar>(_ x: S) -> S { x == 0 ? 1 : S.sin(x) / x }

private func sincSlope<S: Scalar>(_ x: S) -> S {
  if x.magnitude < 0.1 {
    let q = x * x
    var sum = S(1.0 / 45360)
    sum = S(-1.0 / 840) + q * sum
    sum = S(1.0 / 30) + q * sum
    sum = S(-1.0 / 3) + q * sum
    return x * sum
  }
  return (S.cos(x) - S.sin(x) / x) / x
}

private func gelu<S: Scalar>(_ x: S) -> S { x / 2 * S.erfc(-x * S(invSqrt2)) }

extension ScalarFunction {
  func value<S: Scalar>(_ x: S, _ a: S, _ b: S, _ c: S, _ d: S) -> S {
    if x.isNaN { return x }
    switch form {
    case .identity: return x
    case .binaryStep: return x >= 0 ? 1 : 0
    case .sigmoid: return logistic(x)
    case .bipolarSigmoid: return S.tanh(x / 2)
    case .hardSigmoid:
      // Over 6 and not times 1/6: 1/6 has no exact value.
      let line = self.a == 1.0 / 6 ? x / 6 + 0.5 : a * x + 0.5
      return line < 0 ? 0 : line > 1 ? 1 : line
    case .clampedLine:
      let line = a * x + b
      return line < 0 ? 0 : line > 1 ? 1 : line
    case .tanh: return S.tanh(x)
    case .hardTanh: return x < a ? a : x > b ? b : x
    case .lecunTanh: return S(1.7159) * S.tanh(x * 2 / 3)
    case .arctan: return S.atan(x)
    case .arctanScaled: return S.atan(x * S(halfPi)) / S(halfPi)
    case .arsinh: return S.asinh(x)
    case .softsign: return x / (1 + x.magnitude)
    case .erf: return S.erf(x)
    case .erfScaled: return S.erf(x * S(halfSqrtPi))
    case .gudermannian: return 2 * S.atan(S.tanh(x / 2))
    case .gudermannianScaled: return 2 * S.atan(S.tanh(x * S(halfPi) / 2)) / S(halfPi)
    case .isru: return x / (1 + a * x * x).squareRoot()
    case .sqnl:
      if x.magnitude > 2 { return x > 0 ? 1 : -1 }
      return x >= 0 ? x - x * x / 4 : x + x * x / 4
    case .soboleva:
      let (up, down) = (S.maximum(a * x, -b * x), S.maximum(c * x, -d * x))
      let ratio =
        (S.exp(a * x - up) - S.exp(-b * x - up)) / (S.exp(c * x - down) + S.exp(-d * x - down))
      return ratio * S.exp(up - down)
    case .reluSquared: return x > 0 ? x * x : 0
    case .leakyReLU: return x > 0 ? x : a == 0 ? 0 : a * x
    case .boundedReLU: return x < 0 ? 0 : x > a ? a : x
    case .threshold: return x > a ? x : b
    case .srelu: return x <= a ? a + b * (x - a) : x >= c ? c + d * (x - c) : x
    case .apl:
      return hinges.reduce(x > 0 ? x : 0) { $0 + S($1.x) * S.maximum(0, S($1.y) - x) }
    case .plu: return S.maximum(a * (x + b) - b, S.minimum(a * (x - b) + b, x))
    case .softShrink: return x > a ? x - a : x < -a ? x + a : 0
    case .hardShrink: return x.magnitude > a ? x : 0
    case .tanhShrink:
      guard x.magnitude < 0.1 else { return x - S.tanh(x) }
      let q = x * x
      // The series: near 0 the difference would lose every digit.
      var sum = S(1382.0 / 155925)
      sum = S(-62.0 / 2835) + q * sum
      sum = S(17.0 / 315) + q * sum
      sum = S(-2.0 / 15) + q * sum
      sum = S(1.0 / 3) + q * sum
      return x * q * sum
    case .absolute: return x.magnitude
    case .elu: return b * (x > 0 ? x : a * S.expm1(x))
    case .celu: return x > 0 ? x : a * S.expm1(x / a)
    case .isrlu: return x >= 0 ? x : x / (1 + a * x * x).squareRoot()
    case .softplus: return a * x > b ? x : NeuralNetworks.softplus(a * x) / a
    case .squareplus:
      let root = (x * x + a).squareRoot()
      return x >= 0 ? (x + root) / 2 : a / (2 * (root - x))
    case .logSigmoid: return (x < 0 ? x : 0) - S.log1p(S.exp(-x.magnitude))
    case .gelu: return NeuralNetworks.gelu(x)
    case .geluTanh:
      return x / 2 * (1 + S.tanh(S(sqrt2OverPi) * (x + S(0.044715) * x * x * x)))
    case .swish: return x * logistic(a * x)
    case .hardSwish: return x <= -3 ? 0 : x >= 3 ? x : x * (x + 3) / 6
    case .mish: return x * tanhSoftplus(x)
    case .elish: return (x >= 0 ? x : S.expm1(x)) * logistic(x)
    case .tanhExp: return x > 20 ? x : x * S.tanh(S.exp(x))
    case .serf: return x * S.erf(NeuralNetworks.softplus(x))
    case .lisht: return x * S.tanh(x)
    case .softClipping:
      return (NeuralNetworks.softplus(a * x) - NeuralNetworks.softplus(a * (x - 1))) / a
    case .bentIdentity: return ((x * x + 1).squareRoot() - 1) / 2 + x
    case .softExponential:
      if a == 0 { return x }
      return a < 0 ? -S.log1p(-a * (x + a)) / a : S.expm1(a * x) / a + a
    case .exponential: return S.exp(x)
    case .gaussian: return S.exp(-x * x)
    case .sqRBF:
      let m = x.magnitude
      return m <= 1 ? 1 - x * x / 2 : m < 2 ? (2 - m) * (2 - m) / 2 : 0
    case .multiquadric: return (x * x + a * a).squareRoot()
    case .sinusoid: return S.sin(a * x)
    case .sinc: return NeuralNetworks.sinc(x)
    case .sincNormalized: return NeuralNetworks.sinc(x * S(2 * halfPi))
    case .gcu: return x * S.cos(x)
    case .snake:
      let s = S.sin(a * x)
      return x + s * s / a
    }
  }

  func derivative<S: Scalar>(_ x: S, _ a: S, _ b: S, _ c: S, _ d: S) -> S {
    if x.isNaN { return x }
    switch form {
    case .identity: return 1
    case .binaryStep: return 0
    case .sigmoid: return logisticSlope(x)
    case .bipolarSigmoid: return tanhSlope(x / 2) / 2
    case .hardSigmoid:
      let half = 0.5 / a
      return x > -half && x < half ? a : 0
    case .clampedLine:
      let line = a * x + b
      return line >= 0 && line <= 1 ? a : 0
    case .tanh: return tanhSlope(x)
    case .hardTanh: return x > a && x < b ? 1 : 0
    case .lecunTanh: return S(1.7159) * tanhSlope(x * 2 / 3) * 2 / 3
    case .arctan: return 1 / (1 + x * x)
    case .arctanScaled:
      let z = x * S(halfPi)
      return 1 / (1 + z * z)
    case .arsinh: return 1 / (1 + x * x).squareRoot()
    case .softsign:
      let q = 1 + x.magnitude
      return 1 / (q * q)
    case .erf: return S(twoOverSqrtPi) * S.exp(-x * x)
    case .erfScaled:
      let z = x * S(halfSqrtPi)
      return S.exp(-z * z)
    case .gudermannian: return sech(x)
    case .gudermannianScaled: return sech(x * S(halfPi))
    case .isru:
      let r = 1 / (1 + a * x * x).squareRoot()
      return r * r * r
    case .sqnl: return x.magnitude > 2 ? 0 : x >= 0 ? 1 - x / 2 : 1 + x / 2
    case .soboleva:
      let (up, down) = (S.maximum(a * x, -b * x), S.maximum(c * x, -d * x))
      let (p, q) = (S.exp(a * x - up), S.exp(-b * x - up))
      let (r, s) = (S.exp(c * x - down), S.exp(-d * x - down))
      let rise = (a * p + b * q) / (r + s)
      let brake = (p - q) / (r + s) * (c * r - d * s) / (r + s)
      return (rise - brake) * S.exp(up - down)
    case .reluSquared: return x > 0 ? 2 * x : 0
    case .leakyReLU: return x > 0 ? 1 : a
    case .boundedReLU: return x > 0 && x < a ? 1 : 0
    case .threshold: return x > a ? 1 : 0
    case .srelu: return x <= a ? b : x >= c ? d : 1
    case .apl: return hinges.reduce(x > 0 ? 1 : 0) { S($1.y) - x > 0 ? $0 - S($1.x) : $0 }
    case .plu: return x.magnitude < b ? 1 : a
    case .softShrink, .hardShrink: return x.magnitude > a ? 1 : 0
    case .tanhShrink:
      let t = S.tanh(x)
      return t * t
    case .absolute: return x > 0 ? 1 : x < 0 ? -1 : 0
    case .elu: return b * (x > 0 ? 1 : a * S.exp(x))
    case .celu: return x > 0 ? 1 : S.exp(x / a)
    case .isrlu:
      if x >= 0 { return 1 }
      let r = 1 / (1 + a * x * x).squareRoot()
      return r * r * r
    case .softplus: return a * x > b ? 1 : logistic(a * x)
    case .squareplus:
      let root = (x * x + a).squareRoot()
      return x >= 0 ? (1 + x / root) / 2 : a / (2 * (root - x) * root)
    case .logSigmoid: return logistic(-x)
    case .gelu:
      return S.erfc(-x * S(invSqrt2)) / 2 + x * S(invSqrt2Pi) * S.exp(-x * x / 2)
    case .geluTanh:
      let z = S(sqrt2OverPi) * (x + S(0.044715) * x * x * x)
      let inner = S(sqrt2OverPi) * (1 + S(0.134145) * x * x)
      return (1 + S.tanh(z)) / 2 + x / 2 * tanhSlope(z) * inner
    case .swish:
      let s = logistic(a * x)
      return s * (1 + a * x * logistic(-a * x))
    case .hardSwish: return x <= -3 ? 0 : x >= 3 ? 1 : x / 3 + 0.5
    case .mish:
      let t = tanhSoftplus(x)
      // 1 - t² is 4(n+1)/(n+2)² with n = e^x(e^x+2).
      if x > 20 { return 1 }
      let e = S.exp(x)
      let n = e * (e + 2)
      return t + x * 4 * (n + 1) / ((n + 2) * (n + 2)) * logistic(x)
    case .elish:
      let s = logistic(x)
      if x >= 0 { return s * (1 + x * logistic(-x)) }
      return S.exp(x) * s + S.expm1(x) * logisticSlope(x)
    case .tanhExp:
      if x > 20 { return 1 }
      let e = S.exp(x)
      return S.tanh(e) + x * e * tanhSlope(e)
    case .serf:
      let s = NeuralNetworks.softplus(x)
      return S.erf(s) + x * S(twoOverSqrtPi) * S.exp(-s * s) * logistic(x)
    case .lisht: return S.tanh(x) + x * tanhSlope(x)
    case .softClipping: return logistic(a * x) - logistic(a * (x - 1))
    case .bentIdentity: return x / (2 * (x * x + 1).squareRoot()) + 1
    case .softExponential: return a < 0 ? 1 / (1 - a * (x + a)) : S.exp(a * x)
    case .exponential: return S.exp(x)
    case .gaussian: return -2 * x * S.exp(-x * x)
    case .sqRBF:
      let m = x.magnitude
      return m <= 1 ? -x : m < 2 ? (x > 0 ? m - 2 : 2 - m) : 0
    case .multiquadric: return x / (x * x + a * a).squareRoot()
    case .sinusoid: return a * S.cos(a * x)
    case .sinc: return sincSlope(x)
    case .sincNormalized: return S(2 * halfPi) * sincSlope(x * S(2 * halfPi))
    case .gcu: return S.cos(x) - x * S.sin(x)
    case .snake: return 1 + S.sin(2 * a * x)
    }
  }
}
