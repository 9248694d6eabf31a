internal import Tensors

/// A layer's forward and backward pass over views of one workspace. It is a value: its state
/// between the passes is in the workspace.
protocol Operation<Element> {
  associatedtype Element: Scalar
  /// Reads the first `step.rows` rows of the inputs and writes those of the output.
  func forward(_ memory: Workspace<Element>, _ step: StepContext)
  /// Reads the output's gradient, which it may overwrite, and writes the gradients of inputs and
  /// parameters.
  func backward(_ memory: Workspace<Element>, _ step: StepContext)
  /// Whether `backward` steps the layer's parameters if the step has `stepping`.
  var stepsParameters: Bool { get }
}

extension Operation {
  var stepsParameters: Bool { false }
}

/// Any layer's operation, its passes as closures that are called once a step.
struct AnyOperation<S: Scalar> {
  let forward: (Workspace<S>, StepContext) -> Void
  let backward: (Workspace<S>, StepContext) -> Void
  let stepsParameters: Bool

  init<O: Operation<S>>(_ operation: O) {
    forward = { operation.forward($0, $1) }
    backward = { operation.backward($0, $1) }
    stepsParameters = operation.stepsParameters
  }
}
