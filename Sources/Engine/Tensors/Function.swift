internal import CKernels

/// A function of one variable that the kernels apply element by element, with its derivative.
///
/// NaN gives NaN. At a kink the derivative is a convention, as in PyTorch: 0 for `relu`.
/// - Shapes: any → the same.
package struct Function: Hashable, Sendable {
  /// The functions, numbered as in `ckernels.h`.
  package enum Kind: Int32, Hashable, Sendable, CaseIterable {
    case identity = 0
    case relu, leakyReLU, elu, tanh, scaledTanh, sigmoid, silu, softplus, gelu, geluTanh, mish
    case clamp, hardSigmoid, hardSwish, softsign, logSigmoid
    case exp, expm1, log, log1p, erf, sin, cos, sqrt, reciprocalSqrt, reciprocal, square
    case magnitude, gaussian, atan, asinh, softShrink, hardShrink, threshold, tanhShrink
    case squaredReLU, sign, step
  }

  /// The kind of the function.
  package let kind: Kind
  /// The first parameter, named by the factory methods below; 1 where the function has none.
  package let a: Double
  /// The second parameter.
  package let b: Double
  /// The third parameter.
  package let c: Double

  /// A function with its parameters in the order of `ckernels.h`.
  package init(_ kind: Kind, _ a: Double = 1, _ b: Double = 1, _ c: Double = 1) {
    self.kind = kind
    self.a = a
    self.b = b
    self.c = c
  }

  /// x
  package static let identity = Function(.identity)
  /// max(x, 0)
  package static let relu = Function(.relu)
  /// tanh(x)
  package static let tanh = Function(.tanh)
  /// 1/(1 + exp(-x))
  package static let sigmoid = Function(.sigmoid)
  /// x·Φ(x)
  package static let gelu = Function(.gelu)
  /// x·Φ(x), with Φ approximated by a hyperbolic tangent.
  package static let geluTanh = Function(.geluTanh)
  /// x·tanh(log(1 + exp(x)))
  package static let mish = Function(.mish)
  /// x·min(max(x + 3, 0), 6)/6
  package static let hardSwish = Function(.hardSwish)
  /// x/(1 + |x|)
  package static let softsign = Function(.softsign)
  /// -log(1 + exp(-x))
  package static let logSigmoid = Function(.logSigmoid)
  /// exp(x)
  package static let exp = Function(.exp)
  /// exp(x) - 1
  package static let expm1 = Function(.expm1)
  /// log(x)
  package static let log = Function(.log)
  /// log(1 + x)
  package static let log1p = Function(.log1p)
  /// erf(x)
  package static let erf = Function(.erf)
  /// √x
  package static let sqrt = Function(.sqrt)
  /// 1/√x
  package static let reciprocalSqrt = Function(.reciprocalSqrt)
  /// 1/x
  package static let reciprocal = Function(.reciprocal)
  /// x²
  package static let square = Function(.square)
  /// |x|
  package static let magnitude = Function(.magnitude)
  /// exp(-x²)
  package static let gaussian = Function(.gaussian)
  /// atan(x)
  package static let atan = Function(.atan)
  /// asinh(x)
  package static let asinh = Function(.asinh)
  /// x - tanh(x)
  package static let tanhShrink = Function(.tanhShrink)
  /// max(x, 0)²
  package static let squaredReLU = Function(.squaredReLU)
  /// -1, 0 or 1.
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

  /// Whether the derivative is computed from y = f(x), so that x need not be kept.
  package var derivativeNeedsOutput: Bool {
    var function = foreign
    return unsafe ck_saves_output(&function) != 0
  }

  var foreign: ck_function { ck_function(kind: kind.rawValue, a: a, b: b, c: c) }
}
