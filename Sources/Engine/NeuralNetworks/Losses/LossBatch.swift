internal import Tensors

/// One batch of a loss that no kernel computes: its sum, the gradient of the sum, and what a mean
/// divides by.
struct LossBatch<S: Scalar> {
  /// (N, K), row after row.
  let x: Elements<S>
  let rows: Int
  let columns: Int
  let labels: IndexBuffer
  /// (N, T), nil where the targets are labels.
  let targets: Elements<S>?
  /// (N, K), nil where nobody needs it.
  let gradient: Elements<S>?
  private let each: ((S) -> Void)?
  private(set) var sum: S = 0
  var divisor: S = 0

  /// - Parameter each: Given what every row or element contributes.
  @specialized(where S == Float)
  @specialized(where S == Double)
  init(
    _ memory: Workspace<S>, outputs: View, targets: BatchTargets, gradient: View?,
    each: ((S) -> Void)?
  ) {
    x = memory[outputs]
    rows = outputs.rows
    columns = outputs.columns
    labels = targets.labels
    let rows = rows
    self.targets = targets.numbers.map { memory[$0.first(rows)] }
    self.gradient = gradient.map { memory[$0] }
    self.each = each
  }

  /// What a row or an element contributes.
  @specialized(where S == Float)
  @specialized(where S == Double)
  mutating func add(_ value: S) {
    sum += value
    each?(value)
  }

  /// A row without a label contributes nothing.
  func leaveOut() { each?(0) }

  /// A loss of each output and its target apart; the mean is over all of them.
  @specialized(where S == Float)
  @specialized(where S == Double)
  mutating func elements(_ value: (S, S) -> S, slope: (S, S) -> S) {
    let targets = targets!
    for index in 0..<rows * columns {
      add(value(x[index], targets[index]))
      gradient?[index] = slope(x[index], targets[index])
    }
    divisor = S(Double(rows * columns))
  }

  /// ln Σ e^x of a row.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func logSum(_ row: Int) -> S {
    var largest = -S.infinity
    for index in row * columns..<(row + 1) * columns { largest = S.maximum(largest, x[index]) }
    var total: S = 0
    for index in row * columns..<(row + 1) * columns { total += S.exp(x[index] - largest) }
    return largest + S.log(total)
  }

  /// Σ of the products of `count` outputs from two places on.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func dot(_ a: Int, _ b: Int, _ count: Int) -> S {
    var total: S = 0
    for place in 0..<count { total += x[a + place] * x[b + place] }
    return total
  }

  /// Weights in the precision of the network.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func scalars(_ weights: [Double]?) -> [S]? { weights.map { $0.map { S($0) } } }
}
