internal import CKernels

extension Workspace {
  /// Softmax (or its logarithm) of each row, shifted by the row's maximum so that `exp` cannot
  /// overflow; in place where y is x.
  ///
  /// - Shapes: x (N, K) → y (N, K). A row of only -∞ gives NaN, as 0/0 does.
  /// - Source: Goodfellow, Bengio, Courville, *Deep Learning*, §4.1.
  package func softmax(_ x: View, into y: View, logarithm: Bool = false) {
    requireSameShape(x, y)
    unsafe table.pointee.softmax(
      x.rows, x.columns, pointer(x), x.rowStride, pointer(y), y.rowStride, logarithm ? 1 : 0)
  }

  /// `dx = y ⊙ (dy - ⟨dy, y⟩)` of each row, and `dx = dy - exp(y)·Σ dy` for the logarithm.
  ///
  /// - Shapes: all (N, K).
  package func softmaxGradient(dy: View, y: View, into dx: View, logarithm: Bool = false) {
    requireSameShape(dy, dx)
    requireSameShape(y, dx)
    unsafe table.pointee.softmax_gradient(
      dx.rows, dx.columns, pointer(dy), dy.rowStride, pointer(y), y.rowStride, pointer(dx),
      dx.rowStride, logarithm ? 1 : 0)
  }

  /// The sum over rows of -log softmax(logits)[label], and its gradient times `scale`.
  ///
  /// - Parameters:
  ///   - labels: One class a row; a negative one leaves the row out.
  ///   - gradient: May be the logits themselves; nil to compute the loss alone.
  ///   - scale: 1/N for a mean. It multiplies the gradient, not the returned sum.
  /// - Shapes: logits (N, K), labels N → gradient (N, K).
  package func crossEntropy(
    logits: View, labels: Span<Int32>, gradient: View?, scale: Double = 1
  ) -> Element {
    precondition(labels.count == logits.rows, "\(labels.count) labels do not fit logits \(logits)")
    for index in 0..<labels.count {
      precondition(
        labels[index] < Int32(logits.columns),
        "class \(labels[index]) is not among those of logits \(logits)")
    }
    if let gradient { requireSameShape(logits, gradient) }
    guard logits.rows > 0 else { return 0 }
    return Element(
      unsafe labels.withUnsafeBufferPointer { labels in
        unsafe table.pointee.cross_entropy(
          logits.rows, logits.columns, pointer(logits), logits.rowStride, labels.baseAddress!,
          scale, gradient.map { unsafe pointer($0) }, gradient?.rowStride ?? 0)
      })
  }

  /// The sum of binary cross-entropies of sigmoid(logits), and its gradient times `scale`.
  ///
  /// `max(x, 0) - x·t + log(1 + exp(-|x|))`, with gradient `sigmoid(x) - t`.
  ///
  /// - Shapes: all (N, K).
  package func binaryCrossEntropy(
    logits: View, targets: View, gradient: View?, scale: Double = 1
  ) -> Element {
    requireSameShape(logits, targets)
    if let gradient { requireSameShape(logits, gradient) }
    return Element(
      unsafe table.pointee.binary_cross_entropy(
        logits.rows, logits.columns, pointer(logits), logits.rowStride, pointer(targets),
        targets.rowStride, scale, gradient.map { unsafe pointer($0) }, gradient?.rowStride ?? 0))
  }

  /// The sum of (x - target)², and its gradient times `scale`.
  ///
  /// - Shapes: all (N, K).
  package func squaredError(_ x: View, targets: View, gradient: View?, scale: Double = 1) -> Element
  {
    requireSameShape(x, targets)
    if let gradient { requireSameShape(x, gradient) }
    return Element(
      unsafe table.pointee.squared_error(
        x.rows, x.columns, pointer(x), x.rowStride, pointer(targets), targets.rowStride, scale,
        gradient.map { unsafe pointer($0) }, gradient?.rowStride ?? 0))
  }
}
