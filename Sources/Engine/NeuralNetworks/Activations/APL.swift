internal import Tensors

/// A rectifier plus hinges.
struct APL: ActivationFunction {
  /// Height (x) and position (y) of each hinge.
  let hinges: [SIMD2<Double>]

  var kinks: [Double] { [0] + hinges.map { $0.y } }

  func value<S: Scalar>(_ x: S) -> S {
    hinges.reduce(x > 0 ? x : 0) { $0 + S($1.x) * S.maximum(0, S($1.y) - x) }
  }

  func derivative<S: Scalar>(_ x: S) -> S {
    hinges.reduce(x > 0 ? 1 : 0) { S($1.y) - x > 0 ? $0 - S($1.x) : $0 }
  }
}

/// The same with trained heights and positions, read from the workspace.
struct TrainedHinges<S: Scalar>: TrainedFunction {
  let heights: Elements<S>
  let places: Elements<S>

  func value(_ x: S) -> S {
    var sum = x > 0 ? x : 0
    for index in 0..<heights.count {
      sum += heights[index] * S.maximum(0, places[index] - x)
    }
    return sum
  }

  func derivative(_ x: S) -> S {
    var slope: S = x > 0 ? 1 : 0
    for index in 0..<heights.count where places[index] - x > 0 { slope -= heights[index] }
    return slope
  }

  func addGradient(to sums: Elements<S>, x: S, dy: S) {
    let count = heights.count
    for index in 0..<count {
      let distance = places[index] - x
      if distance > 0 {
        sums[index] += dy * distance
        sums[count + index] += dy * heights[index]
      }
    }
  }
}

extension Activation {
  static let apl = Activation(
    RegistryEntry(
      .activation, "apl", aliases: ["adaptive_piecewise_linear"],
      "a rectifier plus hinges with trained heights and positions",
      formula: #"\max(0,x)+\sum_s a_s\max(0, b_s-x)"#,
      derivative: #"[x>0]-\sum_s a_s[x<b_s]"#, range: #"(-\infty, \infty)"#,
      [
        .numbers("a", [0.2, -0.2], nil, "height of each hinge"),
        .numbers("b", [0.5, -0.5], nil, "position of each hinge"),
      ])
  ) { APL(hinges: zip($0.numbers("a") ?? [], $0.numbers("b") ?? []).map { SIMD2($0, $1) }) }
}
