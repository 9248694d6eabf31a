internal import Tensors

/// One way through a network, or a whole step of training, written down the first time it is gone
/// for a number of rows.
///
/// From the second time on it is a list of calls that is gone through in one go, where all of its
/// operations can be written down; that saves finding and checking each of them again.
final class ReplayedPass<S: Scalar> {
  private struct Entry {
    var rows: Int
    var isTraining: Bool
    var isStepping: Bool
    var calls: CapturedCalls<S>?
  }

  /// Batches of a training have two sizes, those of an evaluation two more.
  private let mostEntries: Int
  private var entries: [Entry] = []

  init(mostEntries: Int) { self.mostEntries = mostEntries }

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
    // Part of a longer pass is written down with that.
    guard entries.count < mostEntries, !memory.isRecording else { return operations() }
    let calls = memory.capture(operations)
    entries.append(
      Entry(
        rows: step.rows, isTraining: step.isTraining, isStepping: isStepping, calls: calls))
  }
}
