internal import Tensors

/// The views of one layer's operands, and the plan to reserve more in.
struct LayerBinding<S: Scalar> {
  /// Rows of the largest batch.
  let capacity: Int
  let inputs: [View]
  let output: View
  /// By input; nil where the gradient is not needed.
  let inputGradients: [View?]
  let outputGradient: View?
  let parameters: [View]
  /// By parameter; nil for frozen ones.
  let parameterGradients: [View?]
  let states: [View]
  /// The index of the node, which is part of the names of random streams.
  let index: Int
  var plan: WorkspacePlan

  /// Reserves `columns` numbers for every sample.
  mutating func reserve(columns: Int) -> View { plan.reserve(rows: capacity, columns: columns) }
}
