import Tensors

@testable import NeuralNetworks

/// One layer in a plan of its own, forward and backward, in PyTorch's layouts.
struct SingleLayer<S: Scalar> {
  let plan: ExecutionPlan<S>
  let layer: AnyLayer

  init(_ layer: some Layer, input: Shape, rows: Int) throws {
    try self.init(AnyLayer(layer), input: input, rows: rows)
  }

  init(_ layer: AnyLayer, input: Shape, rows: Int) throws {
    var graph = Graph(input: input)
    graph.nodes.append(
      Graph.Node(
        layer: layer, inputs: [0], path: LayerPath([0]), name: "layer", label: "layer", number: 1,
        isFrozen: false, branch: nil))
    self.layer = layer
    plan = try ExecutionPlan<S>(
      graph, .init(capacity: rows, keepsEverything: true, wantsInputGradient: true))
  }

  func set(_ parameters: [[Double]]) {
    precondition(parameters.count == layer.parameters.count)
    for (index, values) in parameters.enumerated() {
      plan.set(plan.parameterViews[0][index], values, layer.parameters[index])
    }
  }

  func forward(_ x: [Double], isTraining: Bool = true) -> [Double] {
    plan.memory.set(plan.input, x.map { S($0) })
    plan.forward(step(isTraining))
    return plan.memory.elements(plan.output).map(\.double)
  }

  /// The gradients of Σ output·upstream.
  func backward(
    _ upstream: [Double], isTraining: Bool = true
  ) -> (dx: [Double], parameters: [[Double]]) {
    plan.memory.set(plan.outputGradient, upstream.map { S($0) })
    plan.backward(step(isTraining))
    return (
      plan.memory.elements(plan.valueGradients[0]!).map(\.double),
      zip(layer.parameters, plan.gradientViews[0]).map { plan.values($1!, $0) }
    )
  }

  private func step(_ isTraining: Bool) -> StepContext {
    StepContext(rows: plan.capacity, isTraining: isTraining, seed: 1, number: 0)
  }
}
