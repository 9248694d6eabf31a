internal import Tensors

/// Draws the first values of parameters.
struct Initializer: Sendable {
  /// Where a weight stands: what some initializers ask about.
  struct Context: Hashable, Sendable {
    var isFirst = false
    var isHead = false
    var branch: Graph.Branch?
    var branchCount = 0
    /// Of the activation that follows, for those that are asked for its gain.
    var gain = 1.0
  }

  /// How many inputs an output sees, and how many outputs an input reaches.
  struct Fans: Hashable, Sendable {
    var fanIn: Double
    var fanOut: Double

    /// PyTorch's rule for (out, in, …): both times the size of the receptive field.
    init(_ shape: Shape) {
      let field = shape.extents.dropFirst(2).reduce(1, *)
      fanIn = Double((shape.rank > 1 ? shape.extents[1] : shape.count) * field)
      fanOut = Double(shape.extents[0] * field)
    }

    func of(_ mode: String?) -> Double {
      switch mode {
      case "fan_out": fanOut
      case "fan_avg": (fanIn + fanOut) / 2
      default: fanIn
      }
    }
  }

  /// Standard deviation of a standard normal, cut at ±2.
  static let truncatedDeviation = 0.87962566103423978

  let term: Term

  /// The values in the order of the shape (out, in, …).
  func values(
    _ spec: ParameterSpec, _ context: Context, _ generator: inout Generator
  ) throws(EngineError) -> [Double] {
    let shape = spec.shape
    let count = shape.count
    let fans = Fans(shape)
    func number(_ name: String) -> Double { term.number(name)! }
    func fill(_ draw: () -> Double) -> [Double] { (0..<count).map { _ in draw() } }
    func normal(_ deviation: Double, mean: Double = 0) -> [Double] {
      fill { mean + deviation * generator.normal() }
    }
    func uniform(_ bound: Double) -> [Double] { fill { bound * (2 * generator.uniform() - 1) } }
    /// A bell, cut at two deviations where the author asks for Keras' form.
    func bell(_ deviation: Double, truncated: Bool) -> [Double] {
      guard truncated else { return normal(deviation) }
      let wider = deviation / Initializer.truncatedDeviation
      return fill { wider * generator.truncatedNormal() }
    }
    let gain = term.number("gain") ?? (term.flag("activation_gain") ? context.gain : 1)
    switch term.name {
    case "zeros": return fill { 0 }
    case "ones": return fill { 1 }
    case "constant":
      let value = number("value")
      return fill { value }
    case "values":
      let values = term.numbers("values")!
      guard values.count == count else {
        throw .argument(
          entry: "values", parameter: "values",
          problem: "\(values.count) values do not fill \(shape)")
      }
      return values
    case "normal": return normal(number("std"), mean: number("mean"))
    case "uniform":
      let (low, high) = (number("low"), number("high"))
      return fill { low + (high - low) * generator.uniform() }
    case "truncated_normal":
      let (std, mean) = (number("std"), number("mean"))
      return fill { mean + std * generator.truncatedNormal() }
    case "lecun_normal":
      return bell(Self.lecunDeviation(fans), truncated: term.flag("truncated"))
    case "lecun_uniform": return uniform(3.0.squareRoot() * Self.lecunDeviation(fans))
    case "glorot_normal":
      return bell(Self.glorotDeviation(fans, gain: gain), truncated: term.flag("truncated"))
    case "glorot_uniform":
      return uniform(3.0.squareRoot() * Self.glorotDeviation(fans, gain: gain))
    case "he_normal":
      return bell(heDeviation(fans), truncated: term.flag("truncated"))
    case "he_uniform": return uniform(3.0.squareRoot() * heDeviation(fans))
    case "variance_scaling":
      let deviation = (number("scale") / fans.of(term.word("mode"))).squareRoot()
      switch term.word("distribution") {
      case "uniform": return uniform(3.0.squareRoot() * deviation)
      case "untruncated_normal": return normal(deviation)
      default: return bell(deviation, truncated: true)
      }
    case "torch_default": return uniform(1 / fans.fanIn.squareRoot())
    case "orthogonal", "lsuv":
      let rows = shape.extents[0]
      return orthogonal(rows: rows, columns: count / rows, gain: gain, &generator)
    case "delta_orthogonal": return deltaOrthogonal(shape, gain: gain, &generator)
    case "identity":
      let columns = count / shape.extents[0]
      return (0..<count).map { $0 / columns == $0 % columns ? gain : 0 }
    case "dirac": return dirac(shape, groups: term.integer("groups")!)
    case "sparse": return sparse(shape, &generator)
    case "siren":
      return uniform(
        context.isFirst ? 1 / fans.fanIn : (6 / fans.fanIn).squareRoot() / number("omega"))
    case "fixup":
      if context.isHead || context.branch?.isLast == true { return fill { 0 } }
      let he = Self.heDeviation(fan: fans.fanIn, gain: 2.0.squareRoot())
      guard let branch = context.branch, branch.depth > 1 else { return normal(he) }
      let power = -1 / Double(2 * branch.depth - 2)
      return normal(he * Double.pow(Double(max(context.branchCount, 1)), power))
    default: throw .unknownName(.initializer, term.name)
    }
  }

  static func lecunDeviation(_ fans: Fans) -> Double { (1 / fans.fanIn).squareRoot() }

  static func glorotDeviation(_ fans: Fans, gain: Double) -> Double {
    gain * (2 / (fans.fanIn + fans.fanOut)).squareRoot()
  }

  static func heDeviation(fan: Double, gain: Double) -> Double { gain / fan.squareRoot() }

  private func heDeviation(_ fans: Fans) -> Double {
    let slope = term.number("slope")!
    return Self.heDeviation(
      fan: fans.of(term.word("mode")), gain: (2 / (1 + slope * slope)).squareRoot())
  }
}
