internal import Tensors

extension ExecutionPlan {
  /// Initializes every parameter from its own random stream, so that adding a layer does not change
  /// the weights of others.
  func initialize(_ fallback: Term?, seed: UInt64) throws(EngineError) {
    let standard = fallback ?? Registry.entry(.initializer, "torch_default")!.defaultTerm
    let weighted = graph.nodes.indices.filter { graph.nodes[$0].number != nil }
    for (index, node) in graph.nodes.enumerated() {
      var context = Initializer.Context()
      context.isFirst = index == weighted.first
      context.isHead = index == weighted.last
      context.branch = node.branch
      context.branchCount = graph.residualCount
      if let next = graph.activation(after: index) {
        context.gain = next.function.gain
      }
      let weight = node.layer.parameters.first { $0.role == .weight }
      for (place, spec) in node.layer.parameters.enumerated() {
        var generator = Generator(
          seed: seed, purpose: "initial \(spec.name)", index: index)
        let values: [Double]
        do {
          switch spec.role {
          case .constant(let value): values = [Double](repeating: value, count: spec.shape.count)
          case .values(let given): values = given
          case .weight:
            values = try self.weights(spec, spec.initializer ?? standard, context, &generator)
          case .bias:
            // PyTorch draws biases like weights; with every other initializer they are 0.
            if let own = spec.initializer {
              values = try Initializer(term: own).values(spec, context, &generator)
            } else if (weight?.initializer ?? standard).name == "torch_default", let weight {
              let bound =
                weight.torchBound ?? 1 / Initializer.Fans(weight.shape).fanIn.squareRoot()
              values = (0..<spec.shape.count).map { _ in
                bound * (2 * generator.uniform() - 1)
              }
            } else {
              values = [Double](repeating: 0, count: spec.shape.count)
            }
          }
        } catch .argument(_, _, let problem) {
          throw .layer(node.path, name: node.name, problem: problem)
        }
        set(parameterViews[index][place], values, spec)
      }
    }
  }

  private func weights(
    _ spec: ParameterSpec, _ term: Term, _ context: Initializer.Context,
    _ generator: inout Generator
  ) throws(EngineError) -> [Double] {
    if term.name == "torch_default", let bound = spec.torchBound {
      return (0..<spec.shape.count).map { _ in bound * (2 * generator.uniform() - 1) }
    }
    guard spec.blocks > 1 else {
      return try Initializer(term: term).values(spec, context, &generator)
    }
    // Each gate of a cell is a separate matrix.
    var block = spec
    block.shape.extents[0] /= spec.blocks
    var values: [Double] = []
    for _ in 0..<spec.blocks {
      values += try Initializer(term: term).values(block, context, &generator)
    }
    return values
  }

  /// Stores values in the order of the shape (out, in, …) in the parameter's layout.
  func set(_ view: View, _ values: [Double], _ spec: ParameterSpec) {
    guard spec.isTransposed else { return memory.set(view, values.map { S($0) }) }
    let (rows, columns) = (view.rows, view.columns)
    memory.set(view, (0..<values.count).map { S(values[$0 % columns * rows + $0 / columns]) })
  }

  /// Values in the order of the shape (out, in, …).
  func values(_ view: View, _ spec: ParameterSpec) -> [Double] {
    let stored = memory.elements(view)
    guard spec.isTransposed else { return stored.map { $0.double } }
    let (rows, columns) = (view.rows, view.columns)
    return (0..<stored.count).map { stored[$0 % rows * columns + $0 / rows].double }
  }
}
