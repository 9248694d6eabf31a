internal import Tensors

/// Two parabolas between -2 and 2, ±1 outside.
struct SQNL: ActivationFunction {
  var kinks: [Double] { [-2, 0, 2] }

  func value<S: Scalar>(_ x: S) -> S {
    if x.magnitude > 2 { return x > 0 ? 1 : -1 }
    return x >= 0 ? x - x * x / 4 : x + x * x / 4
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    x.magnitude > 2 ? 0 : x >= 0 ? 1 - x / 2 : 1 + x / 2
  }
}

extension Activation {
  static let sqnl = Activation(
    RegistryEntry(
      .activation, "sqnl", "a sigmoid of two parabolas",
      formula:
        #"\begin{cases}1 & x>2\\ x-\tfrac{x^2}{4} & 0\le x\le 2\\ x+\tfrac{x^2}{4} & -2\le x<0\\ -1 & x<-2\end{cases}"#,
      derivative: #"\max\left(0, 1-\tfrac{|x|}{2}\right)"#, range: "[-1, 1]")
  ) { _ in SQNL() }
}
