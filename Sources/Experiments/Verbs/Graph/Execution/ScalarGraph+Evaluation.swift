import NeuralNetworks

extension ScalarGraph {
  /// The value of each node, and the derivative of the last node with respect to each, by reverse
  /// accumulation: every node after all nodes that use it.
  func evaluated(
    at values: [String: Double], with elementary: Elementary
  ) throws(EngineError) -> (values: [Double], gradients: [Double], edges: [[Double]]) {
    var value = [Double](repeating: 0, count: nodes.count)
    /// The derivative of each node with respect to each of its inputs.
    var partial = [[Double]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      let inputs = node.inputs.map { value[$0] }
      switch node.operation {
      case .variable(let name): value[index] = values[name] ?? .nan
      case .constant(let number): value[index] = number
      case .add: (value[index], partial[index]) = (inputs[0] + inputs[1], [1, 1])
      case .subtract: (value[index], partial[index]) = (inputs[0] - inputs[1], [1, -1])
      case .multiply:
        (value[index], partial[index]) = (inputs[0] * inputs[1], [inputs[1], inputs[0]])
      case .divide:
        let quotient = inputs[0] / inputs[1]
        (value[index], partial[index]) = (quotient, [1 / inputs[1], -quotient / inputs[1]])
      case .negate: (value[index], partial[index]) = (-inputs[0], [-1])
      case .power:
        let (base, exponent) = (inputs[0], inputs[1])
        value[index] = try elementary.power(base, exponent)
        let logarithm = base > 0 ? try elementary.logarithm(base) : 0
        partial[index] = [
          exponent == 0 ? 0 : exponent * (try elementary.power(base, exponent - 1)),
          value[index] * logarithm,
        ]
      case .function(let function):
        (value[index], partial[index]) = try Self.evaluate(function, inputs, elementary)
      }
    }
    var gradient = [Double](repeating: 0, count: nodes.count)
    var edges = [[Double]](repeating: [], count: nodes.count)
    gradient[nodes.count - 1] = 1
    for index in nodes.indices.reversed() {
      edges[index] = partial[index].map { gradient[index] * $0 }
      for (input, flow) in zip(nodes[index].inputs, edges[index]) { gradient[input] += flow }
    }
    return (value, gradient, edges)
  }

  private static func evaluate(
    _ function: Function, _ x: [Double], _ elementary: Elementary
  ) throws(EngineError) -> (Double, [Double]) {
    switch function {
    case .exp:
      let y = try elementary.exponential(x[0])
      return (y, [y])
    case .ln: return (try elementary.logarithm(x[0]), [1 / x[0]])
    case .sqrt:
      let y = x[0].squareRoot()
      return (y, [0.5 / y])
    case .square: return (x[0] * x[0], [2 * x[0]])
    case .abs: return (x[0].magnitude, [x[0] > 0 ? 1 : x[0] < 0 ? -1 : 0])
    case .max: return (Swift.max(x[0], x[1]), x[0] >= x[1] ? [1, 0] : [0, 1])
    case .min: return (Swift.min(x[0], x[1]), x[0] <= x[1] ? [1, 0] : [0, 1])
    case .sin, .cos, .tanh, .sigmoid, .relu:
      return (
        try elementary.value(function, x[0]), [try elementary.derivative(function, x[0])]
      )
    }
  }
}

/// The engine's own elementary functions, which give the same bits on every machine.
struct Elementary {
  func exponential(_ x: Double) throws(EngineError) -> Double {
    try Engine.curve(of: term("exponential"), at: [x])[0]
  }

  /// ln x. The engine has ln(1 + eᵗ) = softplus but not ln, so it is computed from the exponential
  /// by Halley's method, which triples the correct digits in each step.
  func logarithm(_ x: Double) throws(EngineError) -> Double {
    guard x > 0, x.isFinite else { return x == 0 ? -.infinity : x == .infinity ? .infinity : .nan }
    // x = m·2ᵉ with 1 ≤ m < 2, and e·ln 2 in two parts, so that no digits are lost for large e.
    let exponent = Double(x.exponent)
    let m = x.significand
    var y = 0.0
    for _ in 0..<7 {
      let e = try exponential(y)
      y += 2 * (m - e) / (m + e)
    }
    return exponent * 0.693147180369123816490 + (y + exponent * 1.90821492927058770002e-10)
  }

  func power(_ base: Double, _ exponent: Double) throws(EngineError) -> Double {
    if let whole = Int(exactly: exponent), whole.magnitude <= 64 {
      var result = 1.0
      for _ in 0..<whole.magnitude { result *= base }
      return whole < 0 ? 1 / result : result
    }
    if exponent == 0.5 { return base.squareRoot() }
    if base == 0 { return exponent > 0 ? 0 : .infinity }
    return base < 0 ? .nan : try exponential(exponent * (try logarithm(base)))
  }

  func value(_ function: ScalarGraph.Function, _ x: Double) throws(EngineError) -> Double {
    switch function {
    case .sin: try Engine.curve(of: term("sinusoid"), at: [x])[0]
    case .cos: try Engine.curve(of: term("sinusoid"), at: [x], derivative: true)[0]
    default: try Engine.curve(of: term(function.rawValue), at: [x])[0]
    }
  }

  func derivative(_ function: ScalarGraph.Function, _ x: Double) throws(EngineError) -> Double {
    switch function {
    case .sin: try value(.cos, x)
    case .cos: -(try value(.sin, x))
    default: try Engine.curve(of: term(function.rawValue), at: [x], derivative: true)[0]
    }
  }

  private func term(_ name: String) throws(EngineError) -> Term {
    try Registry.term(.activation, name)
  }
}
