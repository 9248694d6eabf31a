internal import CKernels

/// Captured operations of one workspace, with checked views, such as the operations of a training
/// step. Each replay is one call into C, however many operations there are.
@safe package struct CapturedCalls<Element: Scalar>: @unchecked Sendable {
  /// Their pointers are into the memory of `owner`, which this keeps alive.
  fileprivate let calls: [ck_call]
  fileprivate let owner: Workspace<Element>
  /// Owners of other memory that the pointers refer to.
  fileprivate let kept: [AnyObject]

  /// The number of calls.
  package var count: Int { unsafe calls.count }
}

/// The capture in progress, if there is one.
@safe final class CallCapture {
  private(set) var isActive = false
  /// Whether every operation since the start was captured.
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

  /// Keeps an owner of memory alive for as long as the calls may be replayed.
  func keep(_ object: AnyObject) {
    if isActive { kept.append(object) }
  }
}

extension Workspace {
  /// Executes operations and captures them.
  ///
  /// - Returns: nil if one of them cannot be replayed: it reads elements or results, draws random
  ///   numbers, or is split over threads.
  package func capture(_ operations: () -> Void) -> CapturedCalls<Element>? {
    precondition(!callCapture.isActive, "a capture within a capture")
    callCapture.start()
    operations()
    return unsafe callCapture.stop().map {
      unsafe CapturedCalls(calls: $0, owner: self, kept: callCapture.kept)
    }
  }

  /// Whether operations are being captured.
  package var isCapturing: Bool { callCapture.isActive }

  /// Replays captured operations.
  package func run(_ captured: CapturedCalls<Element>) {
    precondition(captured.owner === self, "the calls of another workspace")
    callCapture.isComplete = false
    unsafe captured.calls.withUnsafeBufferPointer { calls in
      if let first = calls.baseAddress { unsafe ck_execute_calls(table, first, calls.count) }
    }
  }

  /// Executes and captures an elementwise call; a long call of a function is split over threads
  /// instead.
  func execute(_ kind: Int, _ operands: ck_elementwise) {
    if threadLimit > 1, unsafe operands.columns >= Parallelism.smallestCount,
      unsafe operands.rows == 1, kind == CK_CALL_MAP || kind == CK_CALL_MAP_GRADIENT
    {
      callCapture.isComplete = false
      let job = unsafe ElementwiseJob(kind: Int32(kind), operands: operands, table: table)
      let stride = MemoryLayout<Element>.stride
      return split(elements: unsafe operands.columns) { start, end in
        job.run(start, end, stride)
      }
    }
    unsafe execute(ck_call(kind: Int32(kind), with: ck_operands(elementwise: operands)))
  }

  /// Executes and captures a call.
  func execute(_ call: ck_call) {
    var call = unsafe call
    unsafe ck_execute_calls(table, &call, 1)
    unsafe callCapture.append(Int(call.kind), call.with)
  }
}

/// The operands that all parts of a call share; the caller keeps them alive until all parts are
/// done.
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
