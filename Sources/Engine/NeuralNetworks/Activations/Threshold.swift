internal import Tensors

/// x above a limit, else a constant.
struct Threshold: ActivationFunction {
  let limit: Double
  let replacement: Double

  var kinks: [Double] { [limit] }
  var kernel: Function? { .threshold(limit: limit, value: replacement) }

  func value<S: Scalar>(_ x: S) -> S {
    let limit = S(self.limit)
    let replacement = S(self.replacement)
    return x > limit ? x : replacement
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let limit = S(self.limit)
    return x > limit ? 1 : 0
  }
}

extension Activation {
  static let threshold = Activation(
    RegistryEntry(
      .activation, "threshold", "the identity above a threshold, a constant below",
      formula: #"\begin{cases}x & x>t\\ v & x\le t\end{cases}"#,
      derivative: #"\begin{cases}1 & x>t\\ 0 & x\le t\end{cases}"#, range: #"\{v\}\cup(t, \infty)"#,
      [
        .number("threshold", 0, nil, "the threshold t", positional: true),
        .number("value", 0, nil, "the value v below it", positional: true),
      ])
  ) { Threshold(limit: $0.value("threshold"), replacement: $0.value("value")) }
}
