internal import Tensors

/// The targets of a batch, in the form that the loss needs.
final class BatchTargets {
  /// One label for each row; a row with -1 is skipped.
  let labels: IndexBuffer
  /// (N, numbers of a target), nil where targets are labels.
  let numbers: View?

  init(capacity: Int, numbers: View?) {
    labels = IndexBuffer(repeating: -1, count: numbers == nil ? capacity : 0)
    self.numbers = numbers
  }
}
