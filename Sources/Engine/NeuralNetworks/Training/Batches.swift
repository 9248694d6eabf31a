internal import Tensors

/// A data set in the precision of a plan, and the loading of batches into its input.
///
/// - Shapes: inputs (samples, numbers of a sample); targets as numbers (samples, outputs) or as
///   labels (samples·rows of a sample).
struct Batches<S: Scalar> {
  private let memory: Workspace<S>
  private let inputs: View
  /// Targets as numbers; empty where they are labels.
  private let numbers: View
  /// One label for each row that the loss sees; empty where targets are numbers.
  private let labels: IndexBuffer
  private let rowsPerSample: Int
  /// The samples of this batch.
  private let samples: IndexBuffer
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
    switch data.targets {
    case .classes(let classes, _), .steps(let classes, _):
      // A replayed loss reads labels without checking them.
      let isPossible = head.targetColumns > 0 || classes.allSatisfy { Int($0) < head.outputs }
      precondition(isPossible, "a label is not among \(head.outputs) classes")
    case .numbers: break
    }
    samples = IndexBuffer(repeating: 0, count: data.count)
    self.targets = targets
    // Numbers of a block are not rounded to Float on their way to Double.
    if let exact = data.exact {
      memory.fill(inputs, from: exact.inputs)
    } else {
      memory.fill(inputs, from: data.inputs)
    }
    switch data.targets {
    case .classes(let classes, _):
      labels = IndexBuffer(head.targetColumns == 0 ? classes : [])
      if head.targetColumns > 0 {
        memory.fill(numbers, from: classes.flatMap { head.numbers(label: $0) })
      }
    case .steps(let classes, _):
      labels = IndexBuffer(classes)
    case .numbers(let values, _, _):
      labels = IndexBuffer([])
      if head.loss.ignoresTargets { break }
      if let exact = data.exact {
        memory.fill(numbers, from: exact.targets)
      } else {
        memory.fill(numbers, from: values)
      }
    }
  }

  /// Loads samples into the input of any plan.
  func loadInputs(_ indices: Span<Int32>, into input: View, _ memory: Workspace<S>) {
    select(indices)
    loadInputs(indices.count, into: input, memory)
  }

  /// Loads samples into a plan's input, and their targets.
  func load(_ indices: Span<Int32>, into input: View, _ memory: Workspace<S>) {
    select(indices)
    load(indices.count, into: input, memory)
  }

  /// Selects the samples for `load(_:into:_:)`, replayed calls included.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func select(_ indices: Span<Int32>) {
    for place in 0..<indices.count {
      precondition(
        indices[place] >= 0 && Int(indices[place]) < inputs.rows,
        "there is no sample \(indices[place]) among \(inputs.rows)")
    }
    samples.set(indices)
  }

  /// Loads the selected samples.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func load(_ count: Int, into input: View, _ memory: Workspace<S>) {
    loadInputs(count, into: input, memory)
    if let view = targets.numbers {
      memory.gather(samples, of: numbers, in: self.memory, into: view.first(count))
    } else {
      memory.gather(count, samples, of: labels, columns: rowsPerSample, into: targets.labels)
    }
  }

  private func loadInputs(_ count: Int, into input: View, _ memory: Workspace<S>) {
    memory.gather(samples, of: inputs, in: self.memory, into: input.first(count))
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
