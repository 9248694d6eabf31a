internal import Tensors

/// A graph compiled for batches of up to `capacity` samples: one workspace with a view for every
/// activation, gradient and parameter, and the operations as one flat list for each direction.
///
/// A step neither allocates nor recurses, however deep the network. Parameters are contiguous, the
/// trained ones first, and so are their gradients: an update is one call.
struct ExecutionPlan<S: Scalar> {
  struct Options {
    var capacity: Int
    /// Whether nothing is fused and no memory of gradients is reused, so that every value and its
    /// gradient can be read after a step.
    var keepsEverything = false
    var wantsInputGradient = false
    var threadLimit = 1
    var kernels = KernelTable.best
    /// Whether passes are captured and replayed; false only for comparisons of both.
    var replaysPasses = true
    /// Whether to allocate memory; without it the plan only measures.
    var hasMemory = true
  }

  let graph: Graph
  let memory: Workspace<S>
  let capacity: Int
  let input: View
  let output: View
  let outputGradient: View
  /// All trained parameters, contiguous; `gradients` has the same layout.
  let parameters: View
  let gradients: View
  /// Views by node, then in the layer's order.
  let parameterViews: [[View]]
  let gradientViews: [[View?]]
  let stateViews: [[View]]
  /// Views by value; nil where fusion leaves the value out.
  let values: [View?]
  let valueGradients: [View?]
  private let forwardOperations: [AnyOperation<S>]
  private let backwardOperations: [AnyOperation<S>]
  /// Trained parameters that take their step at the end of the backward pass, and their gradients.
  private let remaining: [(parameters: View, gradients: View)]
  private let forwardPasses: ReplayedPass<S>
  private let backwardPasses: ReplayedPass<S>
  /// Bytes of the workspace, allocated or not; nil for more than can be addressed.
  let plannedBytes: Int?
  /// The maximum number of captured passes of each kind.
  let replayedPassLimit: Int

  init(
    _ graph: Graph, _ options: Options,
    reserving reserve: (
      inout WorkspacePlan, _ parameters: View, _ gradients: View
    ) throws(EngineError) -> Void = { _, _, _ in }
  ) throws(EngineError) {
    self.graph = graph
    capacity = options.capacity
    replayedPassLimit = options.replaysPasses ? 6 : 0
    forwardPasses = ReplayedPass(entryLimit: replayedPassLimit)
    backwardPasses = ReplayedPass(entryLimit: replayedPassLimit)
    var layout = PlanLayout<S>(graph, options)
    parameters = layout.parameters
    gradients = layout.gradients
    parameterViews = layout.parameterViews
    gradientViews = layout.gradientViews
    stateViews = layout.stateViews
    values = layout.values
    valueGradients = layout.valueGradients
    forwardOperations = layout.forward
    backwardOperations = layout.backward
    remaining = layout.remaining
    let last = graph.nodes.count
    input = layout.values[0]!
    output = layout.values[last]!
    outputGradient = layout.valueGradients[last]!
    try reserve(&layout.plan, parameters, gradients)
    plannedBytes = layout.plan.bytes(of: S.self)
    guard options.hasMemory else {
      memory = try ExecutionPlan.allocate(WorkspacePlan(), options)
      return
    }
    memory = try ExecutionPlan.allocate(layout.plan, options)
    for (node, views) in zip(graph.nodes, stateViews) {
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
        let needed = bytes == .max ? "more memory than can be addressed" : "\(bytes / 1_000_000) MB"
        throw .option(
          "network", problem: "needs \(needed), and this machine has \(available / 1_000_000) MB")
      }
    }
  }

  /// Computes the output of the batch in `input`.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ step: StepContext) {
    forwardPasses.run(memory, step) {
      for operation in forwardOperations { operation.forward(memory, step) }
    }
  }

  /// Computes the gradients of all trained parameters from the output's gradient, or steps them.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ step: StepContext) {
    backwardPasses.run(memory, step) {
      for operation in backwardOperations { operation.backward(memory, step) }
      guard let stepping = step.stepping else { return }
      for (parameters, gradients) in remaining {
        memory.update(stepping.part(parameters), gradient: gradients)
      }
    }
  }
}
