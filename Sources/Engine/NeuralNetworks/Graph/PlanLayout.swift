internal import Tensors

/// Lays out an execution plan in phases: assigns every view, then creates the operations in order.
///
/// The order in the workspace is: trained parameters, frozen parameters, gradients, states, values,
/// then the memory of operations and the gradients of values.
struct PlanLayout<S: Scalar> {
  private let graph: Graph
  private let capacity: Int
  private let keepsEverything: Bool
  private let fusions: [Graph.Fusion]
  /// By node: the value that its operation writes.
  private var outputs: [Int]
  /// By node: whether the operation of another node computes it.
  private var isFusedAway: [Bool]
  /// Views of gradients that may be reused, by their columns.
  private var free: [Int: [View]] = [:]

  var plan = WorkspacePlan()
  /// All trained parameters, contiguous; their gradients have the same layout.
  private(set) var parameters = View(offset: 0, rows: 0, columns: 0)
  private(set) var gradients = View(offset: 0, rows: 0, columns: 0)
  /// Views by node, then in the layer's order.
  private(set) var parameterViews: [[View]]
  private(set) var gradientViews: [[View?]]
  private(set) var stateViews: [[View]] = []
  /// Views by value; nil where it is not stored.
  private(set) var values: [View?]
  private(set) var valueGradients: [View?]
  private(set) var forward: [AnyOperation<S>] = []
  private(set) var backward: [AnyOperation<S>] = []
  /// Trained parameters that take their step at the end of the backward pass, and their gradients.
  private(set) var remaining: [(parameters: View, gradients: View)] = []

  init(_ graph: Graph, _ options: ExecutionPlan<S>.Options) {
    self.graph = graph
    capacity = options.capacity
    keepsEverything = options.keepsEverything
    fusions = graph.fusions(for: S.self)
    let count = graph.nodes.count
    outputs = (0..<count).map { $0 + 1 }
    isFusedAway = [Bool](repeating: false, count: count)
    parameterViews = graph.nodes.map { _ in [] }
    gradientViews = graph.nodes.map { _ in [] }
    values = [View?](repeating: nil, count: count + 1)
    valueGradients = [View?](repeating: nil, count: count + 1)
    if !keepsEverything { fuse() }
    placeParameters()
    placeStates()
    placeValues()
    let needs = neededGradients(ofInput: options.wantsInputGradient)
    let stepsItself = makeOperations(needs)
    findRemaining(stepsItself)
  }

  private mutating func fuse() {
    for (index, fusion) in fusions.enumerated() where !isFusedAway[index] {
      outputs[index] = fusion.end
      for node in fusion.absorbed { isFusedAway[node] = true }
    }
  }

  private func nodes(frozen: Bool) -> [Int] {
    graph.nodes.indices.filter { graph.nodes[$0].isFrozen == frozen }
  }

  private func parameterCount(_ node: Int) -> Int {
    graph.nodes[node].layer.parameters.reduce(0) { $0 + $1.shape.count }
  }

  private mutating func placeParameters() {
    let (trained, frozen) = (nodes(frozen: false), nodes(frozen: true))
    parameters = plan.reserve(trained.reduce(0) { $0 + parameterCount($1) })
    let frozenParameters = plan.reserve(frozen.reduce(0) { $0 + parameterCount($1) })
    gradients = plan.reserve(parameters.count)
    for (places, start) in [(trained, parameters.offset), (frozen, frozenParameters.offset)] {
      var offset = start
      for index in places {
        for spec in graph.nodes[index].layer.parameters {
          parameterViews[index].append(
            View(offset: offset, rows: spec.extents.rows, columns: spec.extents.columns))
          offset += spec.shape.count
        }
      }
    }
    let shift = gradients.offset - parameters.offset
    for index in graph.nodes.indices {
      gradientViews[index] = parameterViews[index].map { view in
        graph.nodes[index].isFrozen
          ? nil : View(offset: view.offset + shift, rows: view.rows, columns: view.columns)
      }
    }
  }

  private mutating func placeStates() {
    for node in graph.nodes {
      var views: [View] = []
      for state in node.layer.states { views.append(plan.reserve(state.count)) }
      stateViews.append(views)
    }
  }

  private mutating func placeValues() {
    values[0] = plan.reserve(rows: capacity, columns: graph.input.count)
    for index in graph.nodes.indices where !isFusedAway[index] {
      values[outputs[index]] = plan.reserve(
        rows: capacity, columns: graph.shape(of: outputs[index]).count)
    }
  }

  /// By value: whether its gradient is needed.
  private func neededGradients(ofInput wantsInput: Bool) -> [Bool] {
    var needs = [wantsInput]
    for node in graph.nodes {
      needs.append(
        !node.isFrozen && !node.layer.parameters.isEmpty || node.inputs.contains { needs[$0] })
    }
    return needs
  }

  /// Creates operations from the last node to the first: the view of a gradient is free once it has
  /// been read.
  ///
  /// - Returns: By node: whether its operation steps its parameters.
  private mutating func makeOperations(_ needs: [Bool]) -> [Bool] {
    let last = graph.nodes.count
    valueGradients[last] = plan.reserve(rows: capacity, columns: graph.output.count)
    var stepsItself = [Bool](repeating: false, count: last)
    for index in graph.nodes.indices.reversed() where !isFusedAway[index] {
      let result = outputs[index]
      let isNeeded = needs[result] && valueGradients[result] != nil
      let (inputGradients, accumulations) = placeGradients(
        ofInputsOf: index, isNeeded ? needs : nil)
      let operation = operation(
        of: index, inputGradients: inputGradients,
        outputGradient: isNeeded ? valueGradients[result] : nil)
      forward.append(operation)
      if isNeeded {
        stepsItself[index] = operation.stepsParameters
        backward.append(operation)
        backward.append(contentsOf: accumulations.map { AnyOperation($0) })
      }
      guard !keepsEverything else { continue }
      for accumulation in accumulations {
        free[accumulation.part.columns, default: []].append(accumulation.part)
      }
      if isNeeded, result != last, let view = valueGradients[result] {
        free[view.columns, default: []].append(view)
      }
    }
    forward.reverse()
    return stepsItself
  }

  /// Views for the gradients of a node's inputs, and the sums for inputs that several nodes read.
  ///
  /// - Parameter needs: By value: whether its gradient is needed; nil where none is.
  private mutating func placeGradients(
    ofInputsOf index: Int, _ needs: [Bool]?
  ) -> ([View?], [Accumulation<S>]) {
    var inputGradients: [View?] = []
    var accumulations: [Accumulation<S>] = []
    for value in graph.nodes[index].inputs {
      guard let needs, needs[value] else {
        inputGradients.append(nil)
        continue
      }
      let columns = graph.shape(of: value).count
      let view = free[columns]?.popLast() ?? plan.reserve(rows: capacity, columns: columns)
      inputGradients.append(view)
      if let total = valueGradients[value] {
        accumulations.append(Accumulation(part: view, total: total))
      } else {
        valueGradients[value] = view
      }
    }
    return (inputGradients, accumulations)
  }

  private mutating func operation(
    of index: Int, inputGradients: [View?], outputGradient: View?
  ) -> AnyOperation<S> {
    let node = graph.nodes[index]
    var binding = LayerBinding<S>(
      capacity: capacity, inputs: node.inputs.map { values[$0]! }, output: values[outputs[index]]!,
      inputGradients: inputGradients, outputGradient: outputGradient,
      parameters: parameterViews[index], parameterGradients: gradientViews[index],
      states: stateViews[index], index: index, plan: plan)
    defer { plan = binding.plan }
    if let convolution = node.layer.convolution, let pooled = fusions[index].pooled {
      let end = fusions[index].end
      return convolution.operation(
        with: &binding, function: fusions[index].function, pooled: pooled,
        kept: keepsEverything ? .init(output: values[end]!, gradient: valueGradients[end]) : nil)
    }
    return node.layer.operation(
      with: &binding, function: keepsEverything ? .identity : fusions[index].function)
  }

  private mutating func findRemaining(_ stepsItself: [Bool]) {
    let shift = gradients.offset - parameters.offset
    func at(_ offset: Int, _ count: Int) -> (View, View) {
      (
        View(offset: offset, rows: 1, columns: count),
        View(offset: offset + shift, rows: 1, columns: count)
      )
    }
    for index in nodes(frozen: false)
    where !stepsItself[index] && !graph.nodes[index].layer.parameters.isEmpty {
      let count = parameterCount(index)
      let start = parameterViews[index][0].offset
      if let last = remaining.last?.parameters, last.offset + last.count == start {
        remaining.removeLast()
        remaining.append(at(last.offset, last.count + count))
      } else {
        remaining.append(at(start, count))
      }
    }
  }
}

/// Adds the gradients of a value that several nodes read.
private struct Accumulation<S: Scalar>: Operation {
  let part: View
  let total: View

  func forward(_ memory: Workspace<S>, _ step: StepContext) {}

  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    memory.addScaled(part.first(step.rows), to: total.first(step.rows))
  }
}
