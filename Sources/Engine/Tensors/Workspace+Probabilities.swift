internal import CKernels

extension Workspace {
  /// Softmax (or its logarithm) of each row, shifted by the row's maximum so that `exp` cannot
  /// overflow; in place where y is x.
  ///
  /// - Shapes: x (N, K) → y (N, K). A row of only -∞ gives NaN.
  /// - Source: Goodfellow, Bengio, Courville, *Deep Learning*, §4.1.
  package func softmax(_ x: View, into y: View, logarithm: Bool = false) {
    requireSameShape(x, y)
    unsafe table.pointee.softmax(
      x.rows, x.columns, uncapturedPointer(x), x.rowStride, uncapturedPointer(y), y.rowStride,
      logarithm ? 1 : 0)
  }

  /// `dx = y ⊙ (dy - ⟨dy, y⟩)` of each row, and `dx = dy - exp(y)·Σ dy` for the logarithm.
  ///
  /// - Shapes: all (N, K).
  package func softmaxGradient(dy: View, y: View, into dx: View, logarithm: Bool = false) {
    requireSameShape(dy, dx)
    requireSameShape(y, dx)
    unsafe table.pointee.softmax_gradient(
      dx.rows, dx.columns, uncapturedPointer(dy), dy.rowStride, uncapturedPointer(y), y.rowStride,
      uncapturedPointer(dx),
      dx.rowStride, logarithm ? 1 : 0)
  }
}

extension Workspace {
  /// A batch's losses compared with numbers, and the gradient of their mean.
  ///
  /// - Parameter gradient: May be x itself; nil to compute the loss alone.
  /// - Shapes: all (N, K).
  @discardableResult
  package func evaluate(
    _ loss: KernelLoss, _ x: View, targets: View, gradient: View?
  ) -> LossSum {
    precondition(loss != .crossEntropy, "a cross-entropy compares with labels")
    requireSameShape(x, targets)
    var call = unsafe batch(loss, x, gradient)
    unsafe call.targets = UnsafeRawPointer(pointer(targets))
    unsafe call.targets_stride = targets.rowStride
    return unsafe evaluate(call)
  }

  /// A batch's cross-entropies of softmax(x) with labels, and the gradient of their mean.
  ///
  /// - Shapes: x and gradient (N, K), at least N labels below K.
  @discardableResult
  package func evaluate(crossEntropy x: View, labels: IndexBuffer, gradient: View?) -> LossSum {
    precondition(labels.count >= x.rows, "\(labels.count) labels do not fit logits \(x)")
    for row in 0..<x.rows {
      precondition(
        labels[row] < Int32(x.columns), "class \(labels[row]) is not among those of logits \(x)")
    }
    var call = unsafe batch(.crossEntropy, x, gradient)
    unsafe call.labels = UnsafePointer(labels.base)
    callCapture.keep(labels)
    return unsafe evaluate(call)
  }

  /// The result of the last loss, replayed calls included.
  package var lastLoss: LossSum {
    unsafe LossSum(sum: lossCells[0], count: lossCells[1])
  }

  private func batch(_ loss: KernelLoss, _ x: View, _ gradient: View?) -> ck_loss {
    var call = unsafe ck_loss()
    unsafe call.kind = loss.rawValue
    unsafe call.rows = x.rows
    unsafe call.columns = x.columns
    unsafe call.x = UnsafeRawPointer(pointer(x))
    unsafe call.x_stride = x.rowStride
    if let gradient {
      requireSameShape(x, gradient)
      unsafe call.gradient = pointer(gradient)
      unsafe call.gradient_stride = gradient.rowStride
    }
    return unsafe call
  }

  private func evaluate(_ loss: ck_loss) -> LossSum {
    var loss = unsafe loss
    unsafe loss.sum = lossCells
    unsafe execute(ck_call(kind: Int32(CK_CALL_LOSS), with: ck_operands(loss: loss)))
    return lastLoss
  }
}
