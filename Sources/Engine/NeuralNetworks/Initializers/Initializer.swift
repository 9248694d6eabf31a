internal import Tensors

/// Draws the initial values of parameters.
struct Initializer: Sendable {
  /// The position of a weight in the network, for initializers that depend on it.
  struct Context: Hashable, Sendable {
    var isFirst = false
    var isHead = false
    var branch: Graph.Branch?
    var branchCount = 0
    /// The gain of the activation after the layer.
    var gain = 1.0
  }

  /// The number of inputs that an output depends on, and of outputs that depend on an input.
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

  /// Standard deviation of a standard normal distribution truncated at ±2.
  static let truncatedDeviation = 0.87962566103423978

  let term: Term

  /// The values in the order of the shape (out, in, …).
  func values(
    _ spec: ParameterSpec, _ context: Context, _ generator: inout Generator
  ) throws(EngineError) -> [Double] {
    guard let definition = InitializerDefinition.named(term.name) else {
      throw .unknownName(.initializer, term.name)
    }
    var draw = InitialDraw(
      term: term, shape: spec.shape, fans: Fans(spec.shape), context: context, generator: generator)
    defer { generator = draw.generator }
    return try definition.values(&draw)
  }
}
