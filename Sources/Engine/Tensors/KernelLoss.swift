/// A loss that the kernels compute together with its gradient.
package enum KernelLoss: Int32, Hashable, Sendable {
  /// (x - t)² of each element.
  case squaredError = 0
  /// `max(x, 0) - x·t + log(1 + exp(-|x|))` of each element, with gradient `sigmoid(x) - t`.
  case binaryCrossEntropy
  /// -log softmax(x)[label] of each row; none for a negative label.
  case crossEntropy
}

/// The sum of a batch's losses and their number: elements, or rows with a label, but at least 1.
package struct LossSum: Hashable, Sendable {
  /// The sum of the losses of all elements or rows.
  package var sum: Double
  /// The divisor of the mean.
  package var count: Double
}
