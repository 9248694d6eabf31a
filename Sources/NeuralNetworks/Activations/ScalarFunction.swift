internal import Tensors

/// A function of one variable with its derivative: what an activation of the catalogue computes.
///
/// This is the definition that plots, gradient checks and references use; training in Float goes
/// through `kernel` where there is one. The forms are stable: nothing overflows for a finite input
/// with a finite value, and derivatives keep their relative accuracy where they are tiny. At a kink
/// the derivative is PyTorch's.
struct ScalarFunction: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case identity, binaryStep, sigmoid, bipolarSigmoid, hardSigmoid, clampedLine, tanh, hardTanh
    case lecunTanh, arctan, arctanScaled, arsinh, softsign, erf, erfScaled, gudermannian
    case gudermannianScaled, isru, sqnl, soboleva, reluSquared, leakyReLU, boundedReLU, threshold
    case srelu, apl, plu, softShrink, hardShrink, tanhShrink, absolute, elu, celu, isrlu, softplus
    case squareplus, logSigmoid, gelu, geluTanh, swish, hardSwish, mish, elish, tanhExp, serf
    case lisht, softClipping, bentIdentity, softExponential, exponential, gaussian, sqRBF
    case multiquadric, sinusoid, sinc, sincNormalized, gcu, snake
  }

  var form: Form
  var a = 0.0
  var b = 0.0
  var c = 0.0
  var d = 0.0
  /// Heights and places of the hinges of `apl`.
  var hinges: [SIMD2<Double>] = []

  init(_ form: Form, _ a: Double = 0, _ b: Double = 0, _ c: Double = 0, _ d: Double = 0) {
    self.form = form
    self.a = a
    self.b = b
    self.c = c
    self.d = d
  }

  func value<S: Scalar>(_ x: S) -> S { value(x, S(a), S(b), S(c), S(d)) }
  func derivative<S: Scalar>(_ x: S) -> S { derivative(x, S(a), S(b), S(c), S(d)) }
}

extension ScalarFunction {
  /// The function of an activation's term, nil for those of whole rows.
  init?(_ term: Term) {
    func p(_ name: String) -> Double { term.number(name) ?? 0 }
    switch term.name {
    case "identity": self.init(.identity)
    case "binary_step": self.init(.binaryStep)
    case "sigmoid": self.init(.sigmoid)
    case "bipolar_sigmoid": self.init(.bipolarSigmoid)
    case "hard_sigmoid": self.init(.hardSigmoid, p("slope"))
    case "hard_sigmoid_keras": self.init(.clampedLine, 0.2, 0.5)
    case "tanh": self.init(.tanh)
    case "hard_tanh": self.init(.hardTanh, p("min"), p("max"))
    case "lecun_tanh": self.init(.lecunTanh)
    case "arctan": self.init(.arctan)
    case "arctan_scaled": self.init(.arctanScaled)
    case "arsinh": self.init(.arsinh)
    case "softsign": self.init(.softsign)
    case "erf": self.init(.erf)
    case "erf_scaled": self.init(.erfScaled)
    case "gudermannian": self.init(.gudermannian)
    case "gudermannian_scaled": self.init(.gudermannianScaled)
    case "isru": self.init(.isru, p("alpha"))
    case "sqnl": self.init(.sqnl)
    case "smht": self.init(.soboleva, p("a"), p("b"), p("c"), p("d"))
    case "relu": self.init(.leakyReLU, 0)
    case "relu6": self.init(.boundedReLU, 6)
    case "brelu": self.init(.boundedReLU, p("bound"))
    case "relu_squared": self.init(.reluSquared)
    case "leaky_relu", "prelu": self.init(.leakyReLU, p("slope"))
    case "rrelu": self.init(.leakyReLU, (p("lower") + p("upper")) / 2)
    case "threshold": self.init(.threshold, p("threshold"), p("value"))
    case "srelu": self.init(.srelu, p("tl"), p("al"), p("tr"), p("ar"))
    case "apl":
      self.init(.apl)
      hinges = zip(term.numbers("a") ?? [], term.numbers("b") ?? []).map { SIMD2($0, $1) }
    case "plu": self.init(.plu, p("alpha"), p("c"))
    case "soft_shrink": self.init(.softShrink, p("lambda"))
    case "hard_shrink": self.init(.hardShrink, p("lambda"))
    case "tanhshrink": self.init(.tanhShrink)
    case "absolute": self.init(.absolute)
    case "elu": self.init(.elu, p("alpha"), 1)
    case "selu":
      self.init(.elu, ScalarFunction.seluAlpha, ScalarFunction.seluScale)
    case "celu": self.init(.celu, p("alpha"))
    case "isrlu": self.init(.isrlu, p("alpha"))
    case "softplus": self.init(.softplus, p("beta"), p("threshold"))
    case "squareplus": self.init(.squareplus, p("b"))
    case "log_sigmoid": self.init(.logSigmoid)
    case "gelu": self.init(.gelu)
    case "gelu_tanh": self.init(.geluTanh)
    case "silu": self.init(.swish, 1)
    case "swish": self.init(.swish, p("beta"))
    case "hard_swish": self.init(.hardSwish)
    case "mish": self.init(.mish)
    case "elish": self.init(.elish)
    case "tanh_exp": self.init(.tanhExp)
    case "serf": self.init(.serf)
    case "lisht": self.init(.lisht)
    case "soft_clipping": self.init(.softClipping, p("alpha"))
    case "bent_identity": self.init(.bentIdentity)
    case "soft_exponential": self.init(.softExponential, p("alpha"))
    case "exponential": self.init(.exponential)
    case "gaussian": self.init(.gaussian)
    case "sq_rbf": self.init(.sqRBF)
    case "multiquadric": self.init(.multiquadric, p("a"))
    case "sinusoid": self.init(.sinusoid, p("omega"))
    case "sinc": self.init(.sinc)
    case "sinc_normalized": self.init(.sincNormalized)
    case "gcu": self.init(.gcu)
    case "snake": self.init(.snake, p("a"))
    default: return nil
    }
  }

  static let seluAlpha = 1.6732632423543772848170429916717
  static let seluScale = 1.0507009873554804934193349852946

  /// Where the function or one of its first two derivatives jumps; gradient checks keep away from
  /// these, since a difference across them is off by a multiple of its step.
  var kinks: [Double] {
    switch form {
    case .binaryStep, .leakyReLU, .reluSquared, .absolute, .elu, .celu, .isrlu, .softsign, .elish:
      [0]
    case .hardSigmoid: [-0.5 / a, 0.5 / a]
    case .clampedLine: [-b / a, (1 - b) / a]
    case .hardTanh: [a, b]
    case .sqnl: [-2, 0, 2]
    case .boundedReLU: [0, a]
    case .threshold: [a]
    case .srelu: [a, c]
    case .apl: [0] + hinges.map { $0.y }
    case .plu: [-b, b]
    case .softShrink, .hardShrink: [-a, a]
    case .softplus: [b / a]
    case .hardSwish: [-3, 3]
    case .sqRBF: [-2, -1, 1, 2]
    default: []
    }
  }

  /// The kernel that computes this function for Float, nil where none does.
  var kernel: Function? {
    switch form {
    case .identity: .identity
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .lecunTanh: .scaledTanh(amplitude: 1.7159, rate: 2.0 / 3)
    case .bipolarSigmoid: .scaledTanh(amplitude: 1, rate: 0.5)
    case .hardSigmoid: .hardSigmoid(slope: a)
    case .hardTanh: .clamp(a, b)
    case .boundedReLU: .clamp(0, a)
    case .arctan: .atan
    case .arsinh: .asinh
    case .softsign: .softsign
    case .erf: .erf
    case .leakyReLU: a == 0 ? .relu : .leakyReLU(slope: a)
    case .reluSquared: .squaredReLU
    case .threshold: .threshold(limit: a, value: b)
    case .softShrink: .softShrink(width: a)
    case .hardShrink: .hardShrink(width: a)
    case .tanhShrink: .tanhShrink
    case .absolute: .magnitude
    case .elu: .elu(alpha: a, rate: 1, scale: b)
    case .celu: .elu(alpha: a, rate: 1 / a, scale: 1)
    case .softplus: .softplus(beta: a, threshold: b)
    case .logSigmoid: .logSigmoid
    case .gelu: .gelu
    case .geluTanh: .geluTanh
    case .swish: .silu(beta: a)
    case .hardSwish: .hardSwish
    case .mish: .mish
    case .exponential: .exp
    case .gaussian: .gaussian
    case .sinusoid: .sin(rate: a)
    default: nil
    }
  }

  /// Whether Double may go through the kernel as well: its derivative there is exact enough, and
  /// comes from the output alone, so that a dense layer can apply it while it multiplies.
  var fusesInDouble: Bool {
    switch form {
    case .identity, .tanh, .sigmoid: true
    case .leakyReLU: a >= 0
    default: false
    }
  }
}
