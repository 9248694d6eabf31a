internal import Tensors

/// A data set as the numbers a plan computes with, and the way into its input.
struct Batches<S: Scalar> {
  private let memory: Workspace<S>
  private let inputs: View
  /// A row for each sample; empty where targets are labels.
  private let numbers: View
  /// One for each row that the loss sees; empty where targets are numbers.
  private let labels: [Int32]
  private let rowsPerSample: Int
  let targets: BatchTargets

  init(_ data: Dataset, _ head: Head, targets: BatchTargets) throws(EngineError) {
    var plan = WorkspacePlan()
    inputs = plan.reserve(rows: data.count, columns: data.shape.count)
    numbers = plan.reserve(
      rows: head.targetColumns > 0 ? data.count : 0, columns: head.targetColumns)
    do throws(WorkspaceError) {
      memory = try Workspace(plan)
    } catch {
      throw .option("data", problem: "\(data.count) samples of \(data.shape) do not fit in memory")
    }
    rowsPerSample = head.rowsPerSample
    self.targets = targets
    // What was written down is not rounded to Float on its way to Double.
    if let exact = data.exact {
      memory.fill(inputs, from: exact.inputs)
    } else {
      memory.fill(inputs, from: data.inputs)
    }
    switch data.targets {
    case .classes(let classes, _):
      labels = head.targetColumns == 0 ? classes : []
      if head.targetColumns > 0 {
        memory.fill(numbers, from: classes.flatMap { head.numbers(label: $0) })
      }
    case .steps(let classes, _):
      labels = classes
    case .numbers(let values, _, _):
      labels = []
      if head.loss.ignoresTargets { break }
      if let exact = data.exact {
        memory.fill(numbers, from: exact.targets)
      } else {
        memory.fill(numbers, from: values)
      }
    }
  }

  /// Puts samples into the input of any plan.
  func loadInputs(_ indices: Span<Int32>, into input: View, _ memory: Workspace<S>) {
    memory.gather(indices, of: inputs, in: self.memory, into: input.first(indices.count))
  }

  /// Puts samples into a plan's input, and their targets next to it.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func load(_ indices: Span<Int32>, into input: View, _ memory: Workspace<S>) {
    loadInputs(indices, into: input, memory)
    if let view = targets.numbers {
      memory.gather(indices, of: numbers, in: self.memory, into: view.first(indices.count))
      return
    }
    for row in 0..<indices.count {
      for place in 0..<rowsPerSample {
        targets.labels[row * rowsPerSample + place] =
          labels[Int(indices[row]) * rowsPerSample + place]
      }
    }
  }
}

extension Workspace {
  @specialized(where Element == Float, Value == Float)
  @specialized(where Element == Float, Value == Double)
  @specialized(where Element == Double, Value == Float)
  @specialized(where Element == Double, Value == Double)
  fileprivate func fill<Value: Scalar>(_ view: View, from values: [Value]) {
    precondition(values.count == view.count, "\(values.count) numbers do not fill \(view)")
    let elements = self[view]
    for index in 0..<values.count { elements[index] = Element(values[index].double) }
  }
}
