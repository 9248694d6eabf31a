internal import Tensors

/// A graph compiled for batches of up to `capacity` samples: one workspace with every activation,
/// gradient and parameter in its place, and the operations as one flat list for each direction.
///
/// A step allocates nothing and recurs into nothing, however deep the network. Parameters lie one
/// after another, the trained ones first, their gradients likewise: an update is one call.
struct Plan<S: Scalar> {
  struct Options {
    var capacity: Int
    /// Every value stays apart, also what a layer could apply while it multiplies, and gradients
    /// of values keep their places: for whoever looks at them.
    var keepsEverything = false
    var wantsInputGradient = false
    var threadLimit = 1
    var kernels = KernelTable.best
    /// Whether a pass that was gone once is gone again as a list of calls: only a comparison of
    /// the two ways asks for none.
    var repeatsPasses = true
  }

  let graph: Graph
  let memory: Workspace<S>
  let capacity: Int
  let input: View
  let output: View
  let outputGradient: View
  /// Of all trained parameters.
  let parameters: View
  let gradients: View
  /// By node, then by the layer's order.
  let parameterViews: [[View]]
  let gradientViews: [[View?]]
  let stateViews: [[View]]
  /// By value; nil where a layer applies its activation itself.
  let values: [View?]
  let valueGradients: [View?]
  private let forwardOperations: [AnyOperation<S>]
  private let backwardOperations: [AnyOperation<S>]
  /// Trained parameters whose operations leave their steps to the end, and their gradients.
  private let remaining: [(parameters: View, gradients: View)]
  private let forwardPasses: RepeatedPass<S>
  private let backwardPasses: RepeatedPass<S>
  /// How many passes of one kind are written down.
  let mostRepeatedPasses: Int

  init(
    _ graph: Graph, _ options: Options,
    reserving reserve: (
      inout WorkspacePlan, _ parameters: View, _ gradients: View
    ) throws(EngineError) -> Void = { _, _, _ in }
  ) throws(EngineError) {
    self.graph = graph
    capacity = options.capacity
    mostRepeatedPasses = options.repeatsPasses ? 6 : 0
    forwardPasses = RepeatedPass(mostEntries: mostRepeatedPasses)
    backwardPasses = RepeatedPass(mostEntries: mostRepeatedPasses)
    var plan = WorkspacePlan()
    let nodes = graph.nodes
    let capacity = options.capacity

    let fusions = graph.fusions(for: S.self)
    var outputs = (0..<nodes.count).map { $0 + 1 }
    var isFusedAway = [Bool](repeating: false, count: nodes.count)
    if !options.keepsEverything {
      for (index, fusion) in fusions.enumerated() where !isFusedAway[index] {
        outputs[index] = fusion.end
        for node in fusion.absorbed { isFusedAway[node] = true }
      }
    }

    // Parameters: the trained ones, then the frozen.
    var parameterViews = nodes.map { _ in [View]() }
    func place(frozen: Bool) -> [(Int, [Int])] {
      nodes.indices.filter { nodes[$0].isFrozen == frozen }.map { index in
        (index, nodes[index].layer.parameters.map { $0.shape.count })
      }
    }
    let (trained, frozen) = (place(frozen: false), place(frozen: true))
    let trainedCount = trained.reduce(0) { $0 + $1.1.reduce(0, +) }
    let frozenCount = frozen.reduce(0) { $0 + $1.1.reduce(0, +) }
    parameters = plan.reserve(trainedCount)
    let frozenParameters = plan.reserve(frozenCount)
    gradients = plan.reserve(trainedCount)
    for (places, start) in [(trained, parameters.offset), (frozen, frozenParameters.offset)] {
      var offset = start
      for (index, sizes) in places {
        for (spec, size) in zip(nodes[index].layer.parameters, sizes) {
          parameterViews[index].append(
            View(offset: offset, rows: spec.extents.rows, columns: spec.extents.columns))
          offset += size
        }
      }
    }
    let shift = gradients.offset - parameters.offset
    var gradientViews = nodes.map { _ in [View?]() }
    for index in nodes.indices {
      gradientViews[index] = parameterViews[index].map { view in
        nodes[index].isFrozen
          ? nil : View(offset: view.offset + shift, rows: view.rows, columns: view.columns)
      }
    }
    var stateViews: [[View]] = []
    for node in nodes {
      var views: [View] = []
      for state in node.layer.states { views.append(plan.reserve(state.count)) }
      stateViews.append(views)
    }

    // Values.
    var values = [View?](repeating: nil, count: nodes.count + 1)
    values[0] = plan.reserve(rows: capacity, columns: graph.input.count)
    for index in nodes.indices where !isFusedAway[index] {
      values[outputs[index]] = plan.reserve(
        rows: capacity, columns: graph.shape(of: outputs[index]).count)
    }

    // Which values' gradients anybody needs.
    var needs = [Bool](repeating: false, count: nodes.count + 1)
    needs[0] = options.wantsInputGradient
    for (index, node) in nodes.enumerated() {
      needs[index + 1] =
        !node.isFrozen && !node.layer.parameters.isEmpty || node.inputs.contains { needs[$0] }
    }

    // Operations, from the last to the first: a gradient's place is free again once it was used.
    var free: [Int: [View]] = [:]
    func take(_ columns: Int, from plan: inout WorkspacePlan) -> View {
      if let view = free[columns]?.popLast() { return view }
      return plan.reserve(rows: capacity, columns: columns)
    }
    var valueGradients = [View?](repeating: nil, count: nodes.count + 1)
    let last = nodes.count
    outputGradient = plan.reserve(rows: capacity, columns: graph.output.count)
    valueGradients[last] = outputGradient
    var forward: [AnyOperation<S>] = []
    var backward: [AnyOperation<S>] = []
    var stepsItself = [Bool](repeating: false, count: nodes.count)
    for index in nodes.indices.reversed() where !isFusedAway[index] {
      let node = nodes[index]
      let result = outputs[index]
      let isNeeded = needs[result] && valueGradients[result] != nil
      var inputGradients: [View?] = []
      var accumulations: [Accumulation<S>] = []
      for value in node.inputs {
        guard isNeeded, needs[value] else {
          inputGradients.append(nil)
          continue
        }
        let view = take(graph.shape(of: value).count, from: &plan)
        inputGradients.append(view)
        if let total = valueGradients[value] {
          accumulations.append(Accumulation(part: view, total: total))
        } else {
          valueGradients[value] = view
        }
      }
      var site = Site<S>(
        capacity: capacity, inputs: node.inputs.map { values[$0]! }, output: values[result]!,
        inputGradients: inputGradients, outputGradient: isNeeded ? valueGradients[result] : nil,
        parameters: parameterViews[index], parameterGradients: gradientViews[index],
        states: stateViews[index], index: index, plan: plan)
      let operation: AnyOperation<S>
      if let convolution = node.layer.convolution, let pooled = fusions[index].pooled {
        let end = fusions[index].end
        operation = convolution.operation(
          at: &site, function: fusions[index].function, pooled: pooled,
          kept: options.keepsEverything
            ? .init(output: values[end]!, gradient: valueGradients[end]) : nil)
      } else {
        operation = node.layer.operation(
          at: &site, function: options.keepsEverything ? .identity : fusions[index].function)
      }
      plan = site.plan
      forward.append(operation)
      if isNeeded {
        stepsItself[index] = operation.stepsParameters
        backward.append(operation)
        backward.append(contentsOf: accumulations.map { AnyOperation($0) })
      }
      guard !options.keepsEverything else { continue }
      for accumulation in accumulations {
        free[accumulation.part.columns, default: []].append(accumulation.part)
      }
      if isNeeded, result != last, let view = valueGradients[result] {
        free[view.columns, default: []].append(view)
      }
    }
    var remaining: [(parameters: View, gradients: View)] = []
    for (index, sizes) in trained where !stepsItself[index] && !sizes.isEmpty {
      let count = sizes.reduce(0, +)
      let start = parameterViews[index][0].offset
      if let last = remaining.last?.parameters, last.offset + last.count == start {
        remaining.removeLast()
        remaining.append(at(last.offset, last.count + count))
      } else {
        remaining.append(at(start, count))
      }
    }
    func at(_ offset: Int, _ count: Int) -> (View, View) {
      (
        View(offset: offset, rows: 1, columns: count),
        View(offset: offset + shift, rows: 1, columns: count)
      )
    }
    self.remaining = remaining
    forwardOperations = forward.reversed()
    backwardOperations = backward
    self.parameterViews = parameterViews
    self.gradientViews = gradientViews
    self.stateViews = stateViews
    self.values = values
    self.valueGradients = valueGradients
    input = values[0]!
    output = values[last]!
    try reserve(&plan, parameters, gradients)
    memory = try Plan.allocate(plan, options)
    for (node, views) in zip(nodes, stateViews) {
      for (state, view) in zip(node.layer.states, views) { memory.fill(view, with: state.initial) }
    }
  }

  private static func allocate(
    _ plan: WorkspacePlan, _ options: Options
  ) throws(EngineError) -> Workspace<S> {
    do throws(WorkspaceError) {
      return try Workspace<S>(
        plan, kernels: options.kernels, threadLimit: options.threadLimit)
    } catch {
      switch error {
      case .tooLarge(let bytes, let available):
        let needed = bytes == .max ? "more memory than there can be" : "\(bytes / 1_000_000) MB"
        throw .option(
          "network", problem: "needs \(needed), and this machine has \(available / 1_000_000) MB")
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ step: Step) {
    forwardPasses.run(memory, step) {
      for operation in forwardOperations { operation.forward(memory, step) }
    }
  }

  /// From the output's gradient to those of all trained parameters, or to their steps.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ step: Step) {
    backwardPasses.run(memory, step) {
      for operation in backwardOperations { operation.backward(memory, step) }
      guard let stepping = step.stepping else { return }
      for (parameters, gradients) in remaining {
        memory.update(stepping.part(parameters), gradient: gradients)
      }
    }
  }
}

/// A value that several layers read has the sum of their gradients.
private struct Accumulation<S: Scalar>: Operation {
  let part: View
  let total: View

  func forward(_ memory: Workspace<S>, _ step: Step) {}

  func backward(_ memory: Workspace<S>, _ step: Step) {
    memory.addScaled(part.first(step.rows), to: total.first(step.rows))
  }
}
