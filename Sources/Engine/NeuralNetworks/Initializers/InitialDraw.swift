internal import Tensors

/// The parameter to initialize, and the random stream for it.
struct InitialDraw {
  let term: Term
  let shape: Shape
  let fans: Initializer.Fans
  let context: Initializer.Context
  var generator: Generator

  var count: Int { shape.count }

  /// The gain: given as a number or as that of the next activation; else 1.
  var gain: Double { term.number("gain") ?? (term.flag("activation_gain") ? context.gain : 1) }

  /// The argument of a parameter that has a default.
  func number(_ name: String) -> Double { term.number(name)! }

  mutating func fill(_ draw: (inout Generator) -> Double) -> [Double] {
    var values: [Double] = []
    values.reserveCapacity(count)
    for _ in 0..<count { values.append(draw(&generator)) }
    return values
  }

  mutating func normal(_ deviation: Double, mean: Double = 0) -> [Double] {
    fill { mean + deviation * $0.normal() }
  }

  /// Between ±bound.
  mutating func uniform(_ bound: Double) -> [Double] {
    fill { bound * (2 * $0.uniform() - 1) }
  }

  /// A normal distribution, truncated at two standard deviations in Keras' form.
  mutating func normal(_ deviation: Double, truncated: Bool) -> [Double] {
    guard truncated else { return normal(deviation) }
    let wider = deviation / Initializer.truncatedDeviation
    return fill { wider * $0.truncatedNormal() }
  }
}
