internal import CKernels

/// A function of one variable that the kernels apply element by element, with its derivative.
///
/// Edge cases: NaN gives NaN. Where a function has a kink, the derivative there is that of the
/// left side (0 for `relu`).
package struct Function: Hashable, Sendable {
  package enum Kind: Int32, Hashable, Sendable, CaseIterable {
    case identity = 0
    case relu, leakyReLU, elu, tanh, scaledTanh, sigmoid, silu, softplus, gelu, geluTanh, mish
    case clamp, hardSigmoid, hardSwish, softsign, logSigmoid
    case exp, expm1, log, log1p, erf, sin, cos, sqrt, reciprocalSqrt, reciprocal, square
    case magnitude, gaussian, atan, asinh, softShrink, hardShrink, threshold, tanhShrink
    case squaredReLU, sign, step
  }

  package let kind: Kind
  package let a: Double
  package let b: Double
  package let c: Double

  package init(_ kind: Kind, _ a: Double = 1, _ b: Double = 1, _ c: Double = 1) {
    self.kind = kind
    self.a = a
    self.b = b
    self.c = c
  }

  package static let identity = Function(.identity)
  package static let relu = Function(.relu)
  package static let tanh = Function(.tanh)
  package static let sigmoid = Function(.sigmoid)
  package static let gelu = Function(.gelu)
  package static let geluTanh = Function(.geluTanh)
  package static let mish = Function(.mish)
  package static let hardSwish = Function(.hardSwish)
  package static let softsign = Function(.softsign)
  package static let logSigmoid = Function(.logSigmoid)
  package static let exp = Function(.exp)
  package static let expm1 = Function(.expm1)
  package static let log = Function(.log)
  package static let log1p = Function(.log1p)
  package static let erf = Function(.erf)
  package static let sqrt = Function(.sqrt)
  package static let reciprocalSqrt = Function(.reciprocalSqrt)
  package static let reciprocal = Function(.reciprocal)
  package static let square = Function(.square)
  package static let magnitude = Function(.magnitude)
  /// exp(-x²)
  package static let gaussian = Function(.gaussian)
  package static let atan = Function(.atan)
  package static let asinh = Function(.asinh)
  package static let tanhShrink = Function(.tanhShrink)
  package static let squaredReLU = Function(.squaredReLU)
  package static let sign = Function(.sign)
  /// 1 where x ≥ 0, else 0.
  package static let step = Function(.step)

  /// x > 0 ? x : slope·x
  package static func leakyReLU(slope: Double) -> Function { Function(.leakyReLU, slope) }
  /// scale·(x > 0 ? x : alpha·(exp(rate·x) - 1)): elu, selu (scale) and celu (rate = 1/alpha).
  package static func elu(alpha: Double = 1, rate: Double = 1, scale: Double = 1) -> Function {
    Function(.elu, alpha, rate, scale)
  }
  /// amplitude·tanh(rate·x)
  package static func scaledTanh(amplitude: Double, rate: Double) -> Function {
    Function(.scaledTanh, amplitude, rate)
  }
  /// x·sigmoid(beta·x)
  package static func silu(beta: Double = 1) -> Function { Function(.silu, beta) }
  /// log(1 + exp(beta·x))/beta, and x where beta·x > threshold.
  package static func softplus(beta: Double = 1, threshold: Double = 20) -> Function {
    Function(.softplus, beta, threshold)
  }
  /// min(max(x, lower), upper)
  package static func clamp(_ lower: Double, _ upper: Double) -> Function {
    Function(.clamp, lower, upper)
  }
  /// min(max(slope·x + offset, 0), 1)
  package static func hardSigmoid(slope: Double = 1.0 / 6, offset: Double = 0.5) -> Function {
    Function(.hardSigmoid, slope, offset)
  }
  /// sin(rate·x)
  package static func sin(rate: Double = 1) -> Function { Function(.sin, rate) }
  /// cos(rate·x)
  package static func cos(rate: Double = 1) -> Function { Function(.cos, rate) }
  /// sign(x)·max(|x| - width, 0)
  package static func softShrink(width: Double) -> Function { Function(.softShrink, width) }
  /// |x| > width ? x : 0
  package static func hardShrink(width: Double) -> Function { Function(.hardShrink, width) }
  /// x > limit ? x : value
  package static func threshold(limit: Double, value: Double) -> Function {
    Function(.threshold, limit, value)
  }

  /// Whether the derivative is computed from y = f(x): then x need not be kept.
  package var derivativeNeedsOutput: Bool {
    var function = foreign
    return unsafe ck_saves_output(&function) != 0
  }

  var foreign: ck_function { ck_function(kind: kind.rawValue, a: a, b: b, c: c) }
}
