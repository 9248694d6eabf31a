internal import Tensors

/// x where it is positive, else slope·x.
struct LeakyReLU: ActivationFunction {
  let slope: Double

  var kinks: [Double] { [0] }
  var kernel: Function? { slope == 0 ? .relu : .leakyReLU(slope: slope) }
  var fusesInDouble: Bool { slope >= 0 }
  var gain: Double { (2 / (1 + slope * slope)).squareRoot() }

  func value<S: Scalar>(_ x: S) -> S {
    let slope = S(self.slope)
    return x > 0 ? x : slope == 0 ? 0 : slope * x
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let slope = S(self.slope)
    return x > 0 ? 1 : slope
  }
}

/// The leaky rectifier with a trained slope: prelu.
struct TrainedLeakyReLU<S: Scalar>: TrainedActivationFunction {
  let function: LeakyReLU

  func addGradient(to sums: Elements<S>, x: S, dy: S) {
    if x <= 0 { sums[0] += dy * x }
  }
}

extension Activation {
  static let relu = Activation(
    RegistryEntry(
      .activation, "relu", "the rectifier", formula: #"\max(0, x)"#,
      derivative: #"\begin{cases}1 & x>0\\ 0 & x\le 0\end{cases}"#, range: #"[0, \infty)"#)
  ) { _ in LeakyReLU(slope: 0) }

  static let leakyReLU = Activation(
    RegistryEntry(
      .activation, "leaky_relu", aliases: ["lrelu"],
      "a rectifier with a small slope where the input is negative",
      formula: #"\begin{cases}x & x>0\\ ax & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ a & x\le 0\end{cases}"#, range: #"(-\infty, \infty)"#,
      [.number("slope", 0.01, nil, "slope a for negative inputs", positional: true)])
  ) { LeakyReLU(slope: $0.value("slope")) }

  static let prelu = Activation(
    RegistryEntry(
      .activation, "prelu", "a leaky rectifier whose slope is trained",
      formula: #"\begin{cases}x & x>0\\ ax & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ a & x\le 0\end{cases}"#, range: #"(-\infty, \infty)"#,
      [
        .number("slope", 0.25, nil, "slope a at the start", positional: true),
        .flag("per_channel", false, "one slope for each channel or feature"),
      ])
  ) { LeakyReLU(slope: $0.value("slope")) }

  static let rrelu = Activation(
    RegistryEntry(
      .activation, "rrelu",
      "a leaky rectifier whose slope is drawn anew while training, and the mean one afterwards",
      formula: #"\begin{cases}x & x>0\\ ax,\ a\sim U(l,u) & x\le 0\end{cases}"#,
      derivative: #"\begin{cases}1 & x>0\\ a & x\le 0\end{cases}"#, range: #"(-\infty, \infty)"#,
      [
        .number("lower", 0.125, nil, "smallest slope l", positional: true),
        .number("upper", 1.0 / 3, nil, "largest slope u", positional: true),
      ])
  ) { LeakyReLU(slope: ($0.value("lower") + $0.value("upper")) / 2) }
}
