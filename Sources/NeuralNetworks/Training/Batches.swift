internal import Tensors

/// A data set as the numbers a plan computes with, and the way into its input.
struct Batches<S: Scalar> {
  private let inputs: [S]
  private let columns: Int
  /// One for each row that the loss sees; empty where targets are numbers.
  private let labels: [Int32]
  private let numbers: [S]
  private let head: Head
  let targets: BatchTargets

  init(_ data: Dataset, _ head: Head, targets: BatchTargets) {
    // What was written down is not rounded to Float on its way to Double.
    inputs = data.exact.map { $0.inputs.map { S($0) } } ?? data.inputs.map { S($0) }
    columns = data.shape.count
    self.head = head
    self.targets = targets
    switch data.targets {
    case .classes(let classes, _):
      labels = head.targetColumns == 0 ? classes : []
      numbers =
        head.targetColumns == 0
        ? [] : classes.flatMap { head.numbers(label: $0).map { S($0) } }
    case .steps(let classes, _):
      labels = classes
      numbers = []
    case .numbers(let values, _, _):
      labels = []
      numbers =
        head.loss.ignoresTargets
        ? [S](repeating: 0, count: data.count)
        : data.exact.map { $0.targets.map { S($0) } } ?? values.map { S($0) }
    }
  }

  /// Puts samples into the input of any plan.
  func loadInputs(_ indices: Span<Int32>, into input: View, _ memory: Workspace<S>) {
    memory.gather(indices, of: inputs, into: input.first(indices.count))
  }

  /// Puts samples into a plan's input, and their targets next to it.
  func load(_ indices: Span<Int32>, into input: View, _ memory: Workspace<S>) {
    memory.gather(indices, of: inputs, into: input.first(indices.count))
    if let view = targets.numbers {
      memory.gather(indices, of: numbers, into: view.first(indices.count))
    } else {
      let width = head.rowsPerSample
      for row in 0..<indices.count {
        for place in 0..<width {
          targets.labels[row * width + place] = labels[Int(indices[row]) * width + place]
        }
      }
    }
  }
}
