internal import Tensors

/// One pass through a network, or a whole step of training, captured when it is first executed for
/// a number of rows.
///
/// From the second time on it is replayed as one list of kernel calls, if all of its operations can
/// be captured; that saves dispatching and checking each of them again.
final class ReplayedPass<S: Scalar> {
  private struct Entry {
    var rows: Int
    var isTraining: Bool
    var isStepping: Bool
    var calls: CapturedCalls<S>?
  }

  /// The maximum number of captured passes: a training has batches of two sizes, an evaluation of
  /// two others.
  private let entryLimit: Int
  private var entries: [Entry] = []

  init(entryLimit: Int) { self.entryLimit = entryLimit }

  /// Executes the operations, or replays them.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func run(_ memory: Workspace<S>, _ step: StepContext, _ operations: () -> Void) {
    let isStepping = step.stepping != nil
    for entry in entries
    where entry.rows == step.rows && entry.isTraining == step.isTraining
      && entry.isStepping == isStepping
    {
      if let calls = entry.calls { memory.run(calls) } else { operations() }
      return
    }
    // A part of a longer pass is captured with that pass.
    guard entries.count < entryLimit, !memory.isCapturing else { return operations() }
    let calls = memory.capture(operations)
    entries.append(
      Entry(
        rows: step.rows, isTraining: step.isTraining, isStepping: isStepping, calls: calls))
  }
}
