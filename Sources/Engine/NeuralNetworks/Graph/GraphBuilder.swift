/// Builds a graph from a specification: resolves every term, infers every shape.
struct GraphBuilder {
  private(set) var graph: Graph
  private let symbolCount: Int?
  private var frozenDepth = 0
  private var weightLayers = 0
  private var branch: Graph.Branch?
  // Totals of all layers so far.
  private var numberCount = 0
  private var parameterCount = 0
  private var multiplyAdds = 0

  /// The graph of a network for inputs of one shape.
  ///
  /// - Throws: `EngineError` for the first layer that does not fit, with its path and both shapes.
  static func graph(
    _ network: [LayerSpec], input: Shape, symbolCount: Int? = nil
  ) throws(EngineError) -> Graph {
    var builder = GraphBuilder(graph: Graph(input: input), symbolCount: symbolCount)
    let end = try builder.append(network, to: 0, at: LayerPath())
    guard !builder.graph.nodes.isEmpty else {
      throw .option("network", problem: "a network needs at least one layer")
    }
    precondition(end == builder.graph.nodes.count)
    return builder.graph
  }

  private init(graph: Graph, symbolCount: Int?) {
    self.graph = graph
    self.symbolCount = symbolCount
  }

  /// Recursion is as deep as the author's brackets; the layers of one level are a loop.
  private mutating func append(
    _ specs: [LayerSpec], to value: Int, at path: LayerPath
  ) throws(EngineError) -> Int {
    var value = value
    for (position, spec) in specs.enumerated() {
      value = try append(spec, to: value, at: path.appending(position))
    }
    return value
  }

  private mutating func append(
    _ spec: LayerSpec, to value: Int, at path: LayerPath
  ) throws(EngineError) -> Int {
    switch spec {
    case .term(let term):
      let input = graph.shape(of: value)
      let layer = try LayerFactory.layer(term, input: input, symbolCount: symbolCount, path: path)
      return try add(layer, [value], path, name: term.name, label: LayerFactory.label(term))
    case .repeated(let count, let specs):
      guard count >= 0, count <= 1_000_000 else {
        throw .layer(path, name: "repeat", problem: "must be from 0 to 1,000,000 times")
      }
      var value = value
      for _ in 0..<count { value = try append(specs, to: value, at: path) }
      return value
    case .frozen(let specs):
      frozenDepth += 1
      defer { frozenDepth -= 1 }
      return try append(specs, to: value, at: path)
    case .residual(let specs):
      let outer = branch
      let first = graph.nodes.count
      branch = Graph.Branch(index: graph.residualCount, depth: 0, isLast: false)
      graph.residualCount += 1
      let end = try append(specs, to: value, at: path)
      branch = outer
      markBranch(first..<graph.nodes.count)
      let (left, right) = (graph.shape(of: value), graph.shape(of: end))
      guard left == right else {
        throw .join(layer: path, name: "residual", left: left, right: right)
      }
      return try add(
        AnyLayer(JoinLayer(.add, [left, right])!), [value, end], path, name: "add",
        label: "residual")
    case .branches(let branches, let join):
      guard !branches.isEmpty else {
        throw .layer(path, name: "branches", problem: "needs at least one branch")
      }
      var ends: [Int] = []
      for (position, specs) in branches.enumerated() {
        ends.append(try append(specs, to: value, at: path.appending(position)))
      }
      let shapes = ends.map(graph.shape(of:))
      guard let layer = JoinLayer(join, shapes) else {
        let other = shapes.first { JoinLayer(join, [shapes[0], $0]) == nil } ?? shapes[0]
        throw .join(layer: path, name: join.rawValue, left: shapes[0], right: other)
      }
      return try add(AnyLayer(layer), ends, path, name: join.rawValue, label: join.rawValue)
    }
  }

  private mutating func add(
    _ layer: AnyLayer, _ inputs: [Int], _ path: LayerPath, name: String, label: String
  ) throws(EngineError) -> Int {
    try checkSizes(of: layer, path, name: name)
    let hasWeights = layer.parameters.contains { $0.role == .weight }
    if hasWeights { weightLayers += 1 }
    let number = hasWeights ? weightLayers : nil
    graph.nodes.append(
      Graph.Node(
        layer: layer, inputs: inputs, path: path, name: name, label: label, number: number,
        isFrozen: frozenDepth > 0, branch: branch))
    return graph.nodes.count
  }

  /// Checks that sizes can be computed with: nothing overflows after this.
  ///
  /// - Throws: `EngineError.layer` for a layer that no machine could hold.
  private mutating func checkSizes(
    of layer: AnyLayer, _ path: LayerPath, name: String
  ) throws(EngineError) {
    func refuse(_ what: String) -> EngineError {
      .layer(path, name: name, problem: "the network would have over 2⁴⁰ \(what) here")
    }
    guard Sizes.allow(layer.output) else { throw refuse("numbers") }
    let parameters = layer.parameters
    guard parameters.allSatisfy({ Sizes.allow($0.shape) }) else { throw refuse("parameters") }
    numberCount += layer.output.count
    parameterCount += parameters.reduce(0) { $0 + $1.shape.count }
    guard numberCount <= Sizes.elementLimit else { throw refuse("numbers") }
    guard parameterCount <= Sizes.elementLimit else { throw refuse("parameters") }
    let multiplyAdds = layer.multiplyAdds
    guard multiplyAdds <= Sizes.multiplyAddLimit - self.multiplyAdds else {
      throw .layer(
        path, name: name, problem: "one sample would take over 2⁵⁰ multiply-adds up to here")
    }
    self.multiplyAdds += multiplyAdds
  }

  /// Sets the depth of a branch in each of its weight layers, and marks the last.
  private mutating func markBranch(_ range: Range<Int>) {
    let weighted = range.filter { graph.nodes[$0].number != nil }
    for index in weighted {
      graph.nodes[index].branch?.depth = weighted.count
      graph.nodes[index].branch?.isLast = index == weighted.last
    }
  }
}
