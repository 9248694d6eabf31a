internal import Tensors

/// slope·x+1/2, cut at 0 and 1.
struct HardSigmoid: ActivationFunction {
  let slope: Double

  var kinks: [Double] { [-0.5 / slope, 0.5 / slope] }
  var kernel: Function? { .hardSigmoid(slope: slope) }

  func value<S: Scalar>(_ x: S) -> S {
    let slope = S(self.slope)
    // Divided by 6, because 1/6 has no exact value.
    let line = self.slope == 1.0 / 6 ? x / 6 + 0.5 : slope * x + 0.5
    return line < 0 ? 0 : line > 1 ? 1 : line
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let slope = S(self.slope)
    let half = 0.5 / slope
    return x > -half && x < half ? slope : 0
  }
}

/// slope·x+offset, cut at 0 and 1; its derivative at the ends is the slope.
struct ClampedLine: ActivationFunction {
  let slope: Double
  let offset: Double

  var kinks: [Double] { [-offset / slope, (1 - offset) / slope] }

  func value<S: Scalar>(_ x: S) -> S {
    let slope = S(self.slope)
    let offset = S(self.offset)
    let line = slope * x + offset
    return line < 0 ? 0 : line > 1 ? 1 : line
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    let slope = S(self.slope)
    let offset = S(self.offset)
    let line = slope * x + offset
    return line >= 0 && line <= 1 ? slope : 0
  }
}

extension Activation {
  static let hardSigmoid = Activation(
    RegistryEntry(
      .activation, "hard_sigmoid", aliases: ["hardsigmoid", "hard_sigmoid_keras3"],
      "the logistic curve in three straight pieces",
      formula: #"\min(1, \max(0, ax+\tfrac12))"#,
      derivative: #"\begin{cases}a & 0 < ax+\tfrac12 < 1\\ 0 & \text{otherwise}\end{cases}"#,
      range: "[0, 1]",
      [
        .number(
          "slope", 1.0 / 6, .above(0),
          "slope in the middle: 1/6 in PyTorch and Keras 3, 0.2 in Keras 1 and 2", positional: true)
      ])
  ) { HardSigmoid(slope: $0.value("slope")) }

  static let hardSigmoidKeras = Activation(
    RegistryEntry(
      .activation, "hard_sigmoid_keras", aliases: ["hard_sigmoid_keras_old"],
      "the three straight pieces of Keras 1 and 2", formula: #"\min(1, \max(0, 0.2x+0.5))"#,
      derivative: #"\begin{cases}0.2 & |x|\le 2.5\\ 0 & \text{otherwise}\end{cases}"#,
      range: "[0, 1]")
  ) { _ in ClampedLine(slope: 0.2, offset: 0.5) }
}
