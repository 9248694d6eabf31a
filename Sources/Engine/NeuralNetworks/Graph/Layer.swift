internal import Tensors

/// A layer whose input is known: its shapes, its parameters, what it costs, and how it computes.
protocol Layer: Sendable {
  var output: Shape { get }
  var parameters: [ParameterSpec] { get }
  /// What is neither trained nor forgotten between steps: running means and variances.
  var states: [StateSpec] { get }
  /// Of one sample's forward pass.
  var multiplyAdds: Int { get }
  /// Whether it is a `FusingLayer`.
  var isFusing: Bool { get }
  /// The layer as one of those that a graph may hold.
  var kind: AnyLayer.Kind { get }
  /// Places the layer in memory. Everything it needs besides is reserved at the site.
  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S>
}

extension Layer {
  var parameters: [ParameterSpec] { [] }
  var states: [StateSpec] { [] }
  var multiplyAdds: Int { output.count }
  var isFusing: Bool { false }
}

/// A layer that can apply an elementwise function to what it gives while it is still at hand.
protocol FusingLayer: Layer {
  func operation<S: Scalar>(at site: inout LayerBinding<S>, function: Function) -> AnyOperation<S>
}

extension FusingLayer {
  var isFusing: Bool { true }

  func operation<S: Scalar>(at site: inout LayerBinding<S>) -> AnyOperation<S> {
    operation(at: &site, function: .identity)
  }
}

/// A layer's forward and backward pass over views of one workspace. A value: what it remembers
/// between the passes is in the workspace.
protocol Operation<Element> {
  associatedtype Element: Scalar
  /// Reads the inputs' first `step.rows` rows and writes the output's.
  func forward(_ memory: Workspace<Element>, _ step: StepContext)
  /// Reads the output's gradient, which it may overwrite, and writes the gradients of inputs and
  /// parameters.
  func backward(_ memory: Workspace<Element>, _ step: StepContext)
  /// Whether the layer's parameters take their step in `backward` where the step has `stepping`.
  var stepsParameters: Bool { get }
}

extension Operation {
  var stepsParameters: Bool { false }
}

/// Any layer's operation: its two passes as functions, called once a layer and step.
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

/// What a step of training is besides its samples.
struct StepContext: Hashable, Sendable {
  var rows: Int
  var isTraining: Bool
  var seed: UInt64
  /// From 0: names the random streams of this step.
  var number: Int
  /// The parameters, where the backward pass ends with their steps by the rule that the workspace
  /// was given, and their gradients are not kept.
  var stepping: SteppingParameters?
}

/// Where an operation stands: the views of its operands, and room for more.
struct LayerBinding<S: Scalar> {
  /// Rows of the largest batch.
  let capacity: Int
  let inputs: [View]
  let output: View
  /// nil where nobody needs them.
  let inputGradients: [View?]
  let outputGradient: View?
  let parameters: [View]
  /// nil where they are not trained.
  let parameterGradients: [View?]
  let states: [View]
  /// Tells the random streams of equal layers apart.
  let index: Int
  var plan: WorkspacePlan

  /// Room for `columns` numbers of every sample.
  mutating func reserve(columns: Int) -> View { plan.reserve(rows: capacity, columns: columns) }
}

/// A trained matrix or vector of a layer.
struct ParameterSpec: Hashable, Sendable {
  enum Role: Hashable, Sendable {
    /// What initializers are about. Shapes are PyTorch's: (out, in, …).
    case weight
    case bias
    /// Starts from this value whatever the initializer.
    case constant(Double)
    case values([Double])
  }

  var name: String
  var shape: Shape
  var role: Role = .weight
  /// Stored as the transpose of the matrix (shape[0], rest): what dense products read.
  var isTransposed = false
  /// The layer's own initializer.
  var initializer: Term?
  /// In place of PyTorch's 1/√fan_in where PyTorch has another bound for this layer.
  var torchBound: Double?
  /// For groups of rows that are initialized apart, as a cell's gates.
  var blocks = 1

  /// Rows and columns in memory.
  var extents: (rows: Int, columns: Int) {
    let rows = shape.rank > 1 ? shape.extents[0] : 1
    let columns = shape.count / rows
    return isTransposed ? (columns, rows) : (rows, columns)
  }
}

struct StateSpec: Hashable, Sendable {
  var name: String
  var count: Int
  var initial: Double
}
