internal import Tensors

/// A graph compiled for batches of up to `capacity` samples: one workspace with every activation,
/// gradient and parameter in its place, and the operations as one flat list for each direction.
///
/// A step allocates nothing and recurs into nothing, however deep the network. Parameters lie one
/// after another, the trained ones first, their gradients likewise: an update is one call.
struct ExecutionPlan<S: Scalar> {
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
    /// Whether there is to be memory: without it the plan only says how much there would be.
    var hasMemory = true
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
  private let forwardPasses: ReplayedPass<S>
  private let backwardPasses: ReplayedPass<S>
  /// Bytes of the memory, also where there is none; nil for more than can be addressed.
  let plannedBytes: Int?
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
    forwardPasses = ReplayedPass(mostEntries: mostRepeatedPasses)
    backwardPasses = ReplayedPass(mostEntries: mostRepeatedPasses)
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
        let needed = bytes == .max ? "more memory than there can be" : "\(bytes / 1_000_000) MB"
        throw .option(
          "network", problem: "needs \(needed), and this machine has \(available / 1_000_000) MB")
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ step: StepContext) {
    forwardPasses.run(memory, step) {
      for operation in forwardOperations { operation.forward(memory, step) }
    }
  }

  /// From the output's gradient to those of all trained parameters, or to their steps.
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
