internal import CKernels

/// The operand of a product that is read as its transpose.
package enum Transposition: Hashable, Sendable {
  case none, left, right
}

extension Workspace {
  /// `c = f(alpha·op(a)·op(b) + beta·c + bias)`, one call for a dense layer.
  ///
  /// Each element starts as `beta·c + bias` (`c` is not read if beta is 0); then the products
  /// of every 256 consecutive k, summed in one chain of fused multiply-adds from zero, are added
  /// by `fma(alpha, chain, c)`; `function` is applied last. Kernel table, threads, strides and
  /// transposition do not change that order, nor a bit of the result.
  ///
  /// - Shapes: op(a) (M, K), op(b) (K, N), bias (1, N) → c (M, N). Any may be empty: K = 0 leaves
  ///   `f(beta·c + bias)`.
  package func multiply(
    _ a: View, _ b: View, into c: View, transposing: Transposition = .none, alpha: Double = 1,
    beta: Double = 0, bias: View? = nil, function: Function = .identity
  ) {
    let product = unsafe product(
      a, b, c, transposing, alpha: alpha, beta: beta, bias: bias, function: function)
    unsafe run(product)
  }

  /// A step by the rule of `setUpdate` along the gradient op(a)·op(b), which is not stored.
  ///
  /// - Precondition: `canStep`, and the state that the rule needs.
  /// - Shapes: As for `multiply`, with the parameters as c.
  func step(_ stepping: SteppingParameters, along a: View, _ b: View, transposing: Transposition) {
    checkState(of: stepping)
    var product = unsafe product(
      a, b, stepping.parameters, transposing, alpha: 1, beta: 0, bias: nil, function: .identity)
    unsafe product.update = UnsafePointer(updateRule)
    unsafe product.update_m = stepping.m.map { unsafe pointer($0) }
    unsafe product.update_v = stepping.v.map { unsafe pointer($0) }
    unsafe run(product)
  }

  private func product(
    _ a: View, _ b: View, _ c: View, _ transposing: Transposition, alpha: Double, beta: Double,
    bias: View?, function: Function
  ) -> ck_product {
    let (m, k) = transposing == .left ? (a.columns, a.rows) : (a.rows, a.columns)
    let (kOfB, n) = transposing == .right ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      k == kOfB && c.rows == m && c.columns == n,
      "a product of \(a) and \(b), \(transposing) transposed, is not \(c)")
    var product = unsafe ck_product()
    unsafe product.m = m
    unsafe product.n = n
    unsafe product.k = k
    unsafe product.a = UnsafeRawPointer(pointer(a))
    unsafe product.b = UnsafeRawPointer(pointer(b))
    unsafe product.c = pointer(c)
    unsafe product.a_stride = a.rowStride
    unsafe product.b_stride = b.rowStride
    unsafe product.c_stride = c.rowStride
    unsafe product.transpose_a = transposing == .left ? 1 : 0
    unsafe product.transpose_b = transposing == .right ? 1 : 0
    unsafe product.alpha = alpha
    unsafe product.beta = beta
    unsafe product.function = function.foreign
    if let bias {
      precondition(bias.rows == 1 && bias.columns == n, "a bias of \(bias) does not fit \(c)")
      unsafe product.bias = UnsafeRawPointer(pointer(bias))
    }
    return unsafe product
  }

  /// Splits a large product over threads.
  private func run(_ product: ck_product) {
    var product = unsafe product
    let work = unsafe 2 * Int64(product.m) * Int64(product.n) * Int64(product.k)
    if work >= Parallelism.smallestPanelled {
      let elements = unsafe table.pointee.panel_elements(&product)
      if elements > 0 { unsafe product.panel = panel(elements: elements) }
    }
    let threads = min(threadLimit, ThreadPool.width)
    guard threads > 1, work >= Parallelism.smallestProduct else {
      unsafe table.pointee.product(&product)
      unsafe callCapture.append(CK_CALL_PRODUCT, ck_operands(product: product))
      return
    }
    callCapture.isComplete = false
    unsafe table.pointee.product_on_threads(&product, threads) { parts, part, job in
      let job = unsafe ForeignJob(part: part!, operands: job)
      ThreadPool.shared.run(parts: parts) { unsafe job.part(job.operands, $0) }
    }
  }

  /// A dense layer forward: `y = f(x·w + bias)`.
  ///
  /// - Shapes: x (N, I), w (I, O), bias (1, O) → y (N, O).
  package func dense(
    _ x: View, weights w: View, bias: View?, function: Function = .identity, into y: View
  ) {
    multiply(x, w, into: y, bias: bias, function: function)
  }

  /// A dense layer backward, in one call: `dz = dy ⊙ f'`, `dw = xᵀ·dz`, `dbias = Σ dz`,
  /// `dx = dz·wᵀ`.
  ///
  /// - Parameters:
  ///   - y: The layer's output; `derivativeNeedsOutput` of its function must hold, else apply the
  ///     function separately and pass `.identity` here.
  ///   - dy: Overwritten with dz.
  ///   - dx: nil if not needed, as in a first layer.
  ///   - accumulating: Whether to add to `dw` and `dbias` instead of overwriting them.
  ///   - stepping: The weights and the bias, to step by the rule of `setUpdate` along their
  ///     gradients, which are not written to `dw` and `dbias` then. Requires `canStep`.
  /// - Shapes: x (N, I), w (I, O), y and dy (N, O), dw (I, O), dbias (1, O), dx (N, I).
  package func denseGradient(
    x: View, weights w: View, y: View, function: Function = .identity, dy: View, dw: View,
    dbias: View?, dx: View?, accumulating: Bool = false,
    stepping: (weights: SteppingParameters, bias: SteppingParameters?)? = nil
  ) {
    precondition(
      x.rows == y.rows && w.rows == x.columns && w.columns == y.columns,
      "a dense layer with weights \(w) does not take \(x) to \(y)")
    precondition(
      dy.rows == y.rows && dy.columns == y.columns && dw.rows == w.rows && dw.columns == w.columns,
      "gradients \(dy) and \(dw) do not fit an output of \(y) and weights of \(w)")
    precondition(
      function.kind == .identity || function.derivativeNeedsOutput,
      "the derivative of \(function.kind) needs the input, which a dense layer does not keep")
    var gradient = unsafe ck_dense_gradient()
    unsafe gradient.n = x.rows
    unsafe gradient.in = x.columns
    unsafe gradient.out = y.columns
    unsafe gradient.x = UnsafeRawPointer(pointer(x))
    unsafe gradient.w = UnsafeRawPointer(pointer(w))
    unsafe gradient.y = UnsafeRawPointer(pointer(y))
    unsafe gradient.dy = pointer(dy)
    unsafe gradient.dw = pointer(dw)
    unsafe gradient.x_stride = x.rowStride
    unsafe gradient.w_stride = w.rowStride
    unsafe gradient.y_stride = y.rowStride
    unsafe gradient.dy_stride = dy.rowStride
    unsafe gradient.dw_stride = dw.rowStride
    unsafe gradient.function = function.foreign
    unsafe gradient.accumulate = accumulating ? 1 : 0
    if let dbias {
      precondition(
        dbias.rows == 1 && dbias.columns == y.columns, "a bias of \(dbias) does not fit \(y)")
      unsafe gradient.dbias = pointer(dbias)
    }
    if let dx {
      precondition(
        dx.rows == x.rows && dx.columns == x.columns, "a gradient of \(dx) does not fit \(x)")
      unsafe gradient.dx = pointer(dx)
      unsafe gradient.dx_stride = dx.rowStride
    }
    if let stepping {
      precondition(
        stepping.weights.parameters == w && !accumulating
          && Self.canStep(rows: x.rows, outputs: w.columns)
          && stepping.bias?.parameters.count == dbias?.count,
        "these are not the parameters of the layer, or it cannot step")
      checkState(of: stepping.weights)
      unsafe gradient.update = UnsafePointer(updateRule)
      unsafe gradient.dw = pointer(w)
      unsafe gradient.dw_stride = w.rowStride
      unsafe gradient.dw_m = stepping.weights.m.map { unsafe pointer($0) }
      unsafe gradient.dw_v = stepping.weights.v.map { unsafe pointer($0) }
      if let bias = stepping.bias {
        checkState(of: bias)
        unsafe gradient.dbias = pointer(bias.parameters)
        unsafe gradient.dbias_m = bias.m.map { unsafe pointer($0) }
        unsafe gradient.dbias_v = bias.v.map { unsafe pointer($0) }
      }
    }
    let work = 2 * Int64(x.rows) * Int64(x.columns) * Int64(y.columns)
    guard threadLimit > 1, work >= Parallelism.smallestProduct else {
      unsafe table.pointee.dense_gradient(&gradient)
      unsafe callCapture.append(CK_CALL_DENSE_GRADIENT, ck_operands(dense_gradient: gradient))
      return
    }
    // The same, each part split over threads; the gradient before the weights take a step.
    if function.kind != .identity { applyGradient(function, dy: dy, saved: y, into: dy) }
    if let dx { multiply(dy, w, into: dx, transposing: .right) }
    if let stepping {
      step(stepping.weights, along: x, dy, transposing: .left)
    } else {
      multiply(x, dy, into: dw, transposing: .left, beta: accumulating ? 1 : 0)
    }
    if let dbias { sumColumns(dy, into: dbias, accumulating: accumulating) }
    if let bias = stepping?.bias, let dbias { update(bias, gradient: dbias) }
  }

  /// Whether a dense layer's weights can step along a gradient that is not stored.
  package static func canStep(rows: Int, outputs: Int) -> Bool {
    rows >= 3 && rows <= 256 && outputs >= 4
  }

  /// `y = xᵀ`.
  ///
  /// - Shapes: x (M, N) → y (N, M), which must not overlap x.
  package func transpose(_ x: View, into y: View) {
    precondition(x.rows == y.columns && x.columns == y.rows, "the transpose of \(x) is not \(y)")
    unsafe table.pointee.transpose(
      x.rows, x.columns, uncapturedPointer(x), x.rowStride, uncapturedPointer(y), y.rowStride)
  }
}

extension Workspace {
  /// Splits independent elements over threads if there are many.
  func split(
    elements count: Int, atLeast smallest: Int = Parallelism.smallestCount,
    _ body: @Sendable (_ start: Int, _ end: Int) -> Void
  ) {
    let parts = min(threadLimit, ThreadPool.width)
    guard parts > 1, count >= smallest else { return body(0, count) }
    let unit = Parallelism.elementUnit
    let units = (count + unit - 1) / unit
    ThreadPool.shared.run(parts: parts) { part in
      body(units * part / parts * unit, min(units * (part + 1) / parts * unit, count))
    }
  }
}

/// The operands that all parts of a product share; the caller keeps them alive until all parts are
/// done.
@safe private struct ForeignJob: @unchecked Sendable {
  let part: @convention(c) (UnsafeRawPointer?, Int) -> Void
  let operands: UnsafeRawPointer?
}
