internal import Tensors

/// A layer with weights and the activation directly after it, shown as one layer in figures.
struct LayerUnit: Sendable {
  let node: Int
  let activation: Int?
  let number: Int
  let path: LayerPath
  let name: String
  /// 1% of the activation's largest slope; below it a unit is saturated. 0 without an activation.
  let saturationSlope: Double

  static func units(of graph: Graph) -> [LayerUnit] {
    graph.nodes.indices.compactMap { index in
      let node = graph.nodes[index]
      guard let number = node.number else { return nil }
      let next = index + 1
      let activation =
        next < graph.nodes.count && graph.nodes[next].inputs == [next]
          && graph.nodes[next].layer.activation != nil ? next : nil
      let function = activation.flatMap { graph.nodes[$0].layer.activation?.function }
      return LayerUnit(
        node: index, activation: activation, number: number, path: node.path,
        name: activation.map { node.label + ", " + graph.nodes[$0].label } ?? node.label,
        saturationSlope: function.map { 0.01 * $0.largestSlope } ?? 0)
    }
  }

  /// The index of the unit's output value.
  var output: Int { (activation ?? node) + 1 }

  /// Statistics after a forward and a backward pass of `rows` samples through a plan that keeps
  /// everything.
  func statistics<S: Scalar>(_ plan: ExecutionPlan<S>, rows: Int) -> LayerStatistics {
    let memory = plan.memory
    let y = plan.values[output]!.first(rows)
    let outputs = memory.elements(y)
    var saturated = 0
    if let activation, let layer = plan.graph.nodes[activation].layer.activation {
      for x in memory.elements(plan.values[node + 1]!.first(rows))
      where layer.function.derivative(x.double).magnitude < saturationSlope {
        saturated += 1
      }
    }
    let weights = zip(plan.graph.nodes[node].layer.parameters, plan.parameterViews[node])
      .filter { $0.0.role == .weight }.map { $0.1 }
    let gradients = zip(plan.graph.nodes[node].layer.parameters, plan.gradientViews[node])
      .compactMap { $0.0.role == .weight ? $0.1 : nil }
    func norm(_ views: [View]) -> Double {
      views.reduce(0.0) { sum, view in
        let norm = memory.norm(view).double
        return sum + norm * norm
      }.squareRoot()
    }
    let delta = plan.valueGradients[output].map { memory.norm($0.first(rows)).double } ?? 0
    return LayerStatistics(
      number: number, path: path, name: name, mean: memory.mean(y).double,
      variance: memory.variance(y).double,
      saturated: outputs.isEmpty ? 0 : Double(saturated) / Double(outputs.count),
      active: outputs.isEmpty
        ? 0 : Double(outputs.count { $0 != 0 }) / Double(outputs.count),
      gradientNorm: norm(gradients), deltaNorm: delta, weightNorm: norm(weights))
  }
}

extension ScalarFunction {
  /// The maximum magnitude of the slope between -8 and 8.
  var largestSlope: Double {
    stride(from: -8.0, through: 8, by: 1.0 / 16).reduce(0) { max($0, derivative($1).magnitude) }
  }
}
