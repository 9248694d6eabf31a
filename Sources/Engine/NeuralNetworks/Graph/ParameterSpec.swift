/// A parameter tensor of a layer: its name, its shape and how it is initialized.
struct ParameterSpec: Hashable, Sendable {
  enum Role: Hashable, Sendable {
    /// Drawn by an initializer. Shapes are PyTorch's: (out, in, …).
    case weight
    case bias
    /// Starts with this value.
    case constant(Double)
    case values([Double])
  }

  var name: String
  var shape: Shape
  var role: Role = .weight
  /// Whether it is stored as the transpose of the matrix (shape[0], rest), as dense products read
  /// it.
  var isTransposed = false
  /// The layer's own initializer; nil for the network's.
  var initializer: Term?
  /// The bound of PyTorch's default, if it is not 1/√fan_in for this layer.
  var torchBound: Double?
  /// Groups of rows that are initialized separately, such as the gates of a cell.
  var blocks = 1

  /// Rows and columns in memory.
  var extents: (rows: Int, columns: Int) {
    let rows = shape.rank > 1 ? shape.extents[0] : 1
    let columns = shape.count / rows
    return isTransposed ? (columns, rows) : (rows, columns)
  }
}

/// Numbers that a layer keeps between steps: `running_mean`.
struct StateSpec: Hashable, Sendable {
  var name: String
  var count: Int
  var initial: Double
}
