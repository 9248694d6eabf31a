internal import CKernels

/// Operations of one workspace, their views checked when they were written down: what a step of
/// training repeats. Each run costs one call, however many operations there are.
@safe package struct CapturedCalls<Element: Scalar>: @unchecked Sendable {
  /// Their pointers are into the memory of `owner`, which this keeps alive.
  fileprivate let calls: [ck_call]
  fileprivate let owner: Workspace<Element>
  /// What else the pointers lead to.
  fileprivate let kept: [AnyObject]

  package var count: Int { unsafe calls.count }
}

/// What is being written down, if anything is.
@safe final class CallCapture {
  private(set) var isActive = false
  /// Whether everything done since the start was written down.
  var isComplete = false
  fileprivate var calls: [ck_call] = unsafe []
  fileprivate private(set) var kept: [AnyObject] = []

  fileprivate func start() {
    unsafe calls = []
    kept = []
    isActive = true
    isComplete = true
  }

  fileprivate func stop() -> [ck_call]? {
    defer { unsafe calls = [] }
    isActive = false
    return unsafe isComplete ? calls : nil
  }

  func append(_ kind: Int, _ operands: ck_operands) {
    if isActive { unsafe calls.append(ck_call(kind: Int32(kind), with: operands)) }
  }

  /// Keeps what calls point to besides the workspace for as long as they may be repeated.
  func keep(_ object: AnyObject) {
    if isActive { kept.append(object) }
  }
}

extension Workspace {
  /// Does operations and writes them down.
  ///
  /// - Returns: nil where one of them is of a kind that cannot be repeated as it is: it reads
  ///   elements or results, draws, or is split over threads.
  package func capture(_ operations: () -> Void) -> CapturedCalls<Element>? {
    precondition(!capturing.isActive, "a recording within a recording")
    capturing.start()
    operations()
    return unsafe capturing.stop().map {
      unsafe CapturedCalls(calls: $0, owner: self, kept: capturing.kept)
    }
  }

  /// Whether what is done now is being written down.
  package var isRecording: Bool { capturing.isActive }

  /// Repeats recorded operations.
  package func run(_ captured: CapturedCalls<Element>) {
    precondition(captured.owner === self, "the calls of another workspace")
    capturing.isComplete = false
    unsafe captured.calls.withUnsafeBufferPointer { calls in
      if let first = calls.baseAddress { unsafe ck_execute_calls(table, first, calls.count) }
    }
  }

  /// Makes a call that goes element by element, and writes it down; a long one of functions, whose
  /// elements do not depend on each other, is split over threads instead.
  func make(_ kind: Int, _ operands: ck_elementwise) {
    if threadLimit > 1, unsafe operands.columns >= Parallelism.smallestCount,
      unsafe operands.rows == 1, kind == CK_CALL_MAP || kind == CK_CALL_MAP_GRADIENT
    {
      capturing.isComplete = false
      let job = unsafe ElementwiseJob(kind: Int32(kind), operands: operands, table: table)
      let stride = MemoryLayout<Element>.stride
      return split(elements: unsafe operands.columns) { start, end in
        job.run(start, end, stride)
      }
    }
    unsafe make(ck_call(kind: Int32(kind), with: ck_operands(elementwise: operands)))
  }

  /// Makes a call and writes it down.
  func make(_ call: ck_call) {
    var call = unsafe call
    unsafe ck_execute_calls(table, &call, 1)
    unsafe capturing.append(Int(call.kind), call.with)
  }
}

/// What the parts of a call share: memory that the caller lends until all parts are done.
@safe private struct ElementwiseJob: @unchecked Sendable {
  let kind: Int32
  let operands: ck_elementwise
  let table: UnsafePointer<ck_table>

  func run(_ start: Int, _ end: Int, _ stride: Int) {
    var part = unsafe operands
    unsafe part.columns = end - start
    unsafe part.a += start * stride
    if unsafe part.b != nil { unsafe part.b += start * stride }
    unsafe part.y += start * stride
    var call = unsafe ck_call(kind: kind, with: ck_operands(elementwise: part))
    unsafe ck_execute_calls(table, &call, 1)
  }
}
