internal import Tensors

/// Three straight pieces, the middle one the identity.
struct SReLU: ActivationFunction {
  let leftKnot: Double
  let leftSlope: Double
  let rightKnot: Double
  let rightSlope: Double

  var kinks: [Double] { [leftKnot, rightKnot] }

  func value<S: Scalar>(_ x: S) -> S {
    let leftKnot = S(self.leftKnot)
    let leftSlope = S(self.leftSlope)
    let rightKnot = S(self.rightKnot)
    let rightSlope = S(self.rightSlope)
    return x <= leftKnot
      ? leftKnot + leftSlope * (x - leftKnot)
      : x >= rightKnot ? rightKnot + rightSlope * (x - rightKnot) : x
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let leftKnot = S(self.leftKnot)
    let leftSlope = S(self.leftSlope)
    let rightKnot = S(self.rightKnot)
    let rightSlope = S(self.rightSlope)
    return x <= leftKnot ? leftSlope : x >= rightKnot ? rightSlope : 1
  }
}

/// The same with trained knots and slopes.
struct TrainedSReLU<S: Scalar>: TrainedActivationFunction {
  let function: SReLU

  func addGradient(to sums: Elements<S>, x: S, dy: S) {
    let (left, right) = (S(function.leftKnot), S(function.rightKnot))
    if x <= left {
      sums[0] += dy * (1 - S(function.leftSlope))
      sums[1] += dy * (x - left)
    } else if x >= right {
      sums[2] += dy * (1 - S(function.rightSlope))
      sums[3] += dy * (x - right)
    }
  }
}

extension Activation {
  static let srelu = Activation(
    RegistryEntry(
      .activation, "srelu", "three straight pieces, their knots and slopes trained",
      formula:
        #"\begin{cases}t_l+a_l(x-t_l) & x\le t_l\\ x & t_l<x<t_r\\ t_r+a_r(x-t_r) & x\ge t_r\end{cases}"#,
      derivative: #"\begin{cases}a_l & x\le t_l\\ 1 & t_l<x<t_r\\ a_r & x\ge t_r\end{cases}"#,
      range: #"(-\infty, \infty)"#,
      [
        .number("tl", 0, nil, "left knot", positional: true),
        .number("al", 0.2, nil, "slope left of it", positional: true),
        .number("tr", 1, nil, "right knot", positional: true),
        .number("ar", 0.2, nil, "slope right of it", positional: true),
      ])
  ) {
    SReLU(
      leftKnot: $0.value("tl"), leftSlope: $0.value("al"), rightKnot: $0.value("tr"),
      rightSlope: $0.value("ar"))
  }
}
