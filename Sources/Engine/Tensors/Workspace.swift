internal import CKernels

/// Why a workspace cannot be allocated.
package enum WorkspaceError: Error, Hashable, Sendable {
  /// More memory than can be addressed, or than the machine has.
  case tooLarge(bytes: Int, available: Int)
}

/// The memory of one computation: allocated once, used through views, freed at the end.
///
/// Operations are methods. They check the bounds and shapes of their views once, allocate nothing
/// and give the same bits for every kernel table and number of threads; a shape that does not fit
/// is a precondition failure. An operand may be the written view (in place) only where a method
/// says so, and must not overlap it otherwise. A workspace belongs to one thread at a time.
@safe package final class Workspace<Element: Scalar> {
  /// The number of elements.
  package let count: Int
  /// The kernels that `Float` computes with.
  package let kernels: KernelTable
  /// The maximum number of threads of a large operation.
  package var threadLimit: Int

  let base: UnsafeMutableRawPointer
  let table: UnsafePointer<ck_table>
  /// The capture in progress, see `capture(_:)`.
  let callCapture = CallCapture()
  /// Memory for a packed operand: allocated by the first large product, then kept.
  private var panel: UnsafeMutableRawPointer?
  /// The sum and the count of the last loss, and the rule of updates, at fixed addresses for
  /// captured calls.
  let lossCells: UnsafeMutablePointer<Double>
  let updateRule: UnsafeMutablePointer<ck_update>

  /// A workspace of zeros for a whole plan.
  ///
  /// - Throws: `WorkspaceError.tooLarge` for more memory than can be addressed or than the machine
  ///   has.
  package convenience init(
    _ plan: WorkspacePlan, kernels: KernelTable = .best, threadLimit: Int = 1
  ) throws(WorkspaceError) {
    if plan.isTooLarge {
      throw .tooLarge(bytes: .max, available: Machine.memory)
    }
    try self.init(count: plan.count, kernels: kernels, threadLimit: threadLimit)
  }

  /// A workspace of zeros.
  ///
  /// - Throws: `WorkspaceError.tooLarge` for more memory than the machine has.
  package init(
    count: Int, kernels: KernelTable = .best, threadLimit: Int = 1
  ) throws(WorkspaceError) {
    precondition(count >= 0, "a workspace cannot have \(count) elements")
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    guard !overflow, bytes <= Machine.memory - 64 else {
      throw .tooLarge(bytes: overflow ? .max : bytes, available: Machine.memory)
    }
    self.count = count
    self.kernels = kernels
    self.threadLimit = threadLimit
    unsafe table = Element.usesMachineKernels ? kernels.table : KernelTable.double.table
    // One vector of padding keeps the last element away from the page's edge.
    guard let memory = unsafe Machine.allocate(bytes + 64) else {
      throw .tooLarge(bytes: bytes, available: Machine.memory)
    }
    unsafe memory.initializeMemory(as: UInt8.self, repeating: 0, count: bytes + 64)
    unsafe base = memory
    unsafe lossCells = .allocate(capacity: 2)
    unsafe lossCells.initialize(repeating: 0, count: 2)
    unsafe updateRule = .allocate(capacity: 1)
    unsafe updateRule.initialize(to: ck_update())
  }

  deinit {
    unsafe Machine.free(base)
    unsafe Machine.free(panel)
    unsafe lossCells.deallocate()
    unsafe updateRule.deallocate()
  }

  /// Memory for a packed operand, always of one size; nil if the machine has none left, which makes
  /// products slower but not wrong.
  func panel(elements: Int) -> UnsafeMutableRawPointer? {
    if unsafe panel == nil {
      unsafe panel = Machine.allocate(elements * MemoryLayout<Element>.stride)
    }
    return unsafe panel
  }

  // MARK: - Elements

  /// The element in a row and a column of a view.
  package subscript(_ view: View, _ row: Int, _ column: Int) -> Element {
    get {
      unsafe uncapturedPointer(view).load(
        fromByteOffset: byteOffset(view, row, column), as: Element.self)
    }
    set {
      unsafe uncapturedPointer(view).storeBytes(
        of: newValue, toByteOffset: byteOffset(view, row, column), as: Element.self)
    }
  }

  /// The elements, row after row.
  package func elements(_ view: View) -> [Element] {
    let start = unsafe uncapturedPointer(view).assumingMemoryBound(to: Element.self)
    return unsafe [Element](unsafeUninitializedCapacity: view.count) { buffer, initialized in
      for row in 0..<view.rows {
        for column in 0..<view.columns {
          unsafe (buffer.baseAddress! + row * view.columns + column).initialize(
            to: start[row * view.rowStride + column])
        }
      }
      initialized = view.count
    }
  }

  /// Writes `elements`, row after row.
  package func set(_ view: View, _ elements: some Collection<Element>) {
    precondition(elements.count == view.count, "\(elements.count) elements do not fill \(view)")
    let start = unsafe uncapturedPointer(view).assumingMemoryBound(to: Element.self)
    var row = 0
    var column = 0
    for element in elements {
      unsafe start[row * view.rowStride + column] = element
      column += 1
      if column == view.columns {
        column = 0
        row += 1
      }
    }
  }

  /// Lends a contiguous view's elements, for loops without a kernel.
  package func withMutableElements<R, E: Error>(
    _ view: View, _ body: (inout MutableSpan<Element>) throws(E) -> R
  ) throws(E) -> R {
    precondition(view.isContiguous, "the rows of \(view) are \(view.rowStride) apart")
    let start = unsafe uncapturedPointer(view).assumingMemoryBound(to: Element.self)
    var span = unsafe MutableSpan(_unsafeStart: start, count: view.count)
    return try body(&span)
  }

  /// Lends a contiguous view's elements.
  package func withElements<R, E: Error>(
    _ view: View, _ body: (Span<Element>) throws(E) -> R
  ) throws(E) -> R {
    precondition(view.isContiguous, "the rows of \(view) are \(view.rowStride) apart")
    let start = unsafe uncapturedPointer(view).assumingMemoryBound(to: Element.self)
    return try body(unsafe Span(_unsafeStart: start, count: view.count))
  }

  private func byteOffset(_ view: View, _ row: Int, _ column: Int) -> Int {
    precondition(
      row >= 0 && row < view.rows && column >= 0 && column < view.columns,
      "(\(row), \(column)) is not in \(view)")
    return (row * view.rowStride + column) * MemoryLayout<Element>.stride
  }

  /// The view's first element, for operations that cannot be captured: they end a capture.
  @inline(__always)
  func uncapturedPointer(_ view: View) -> UnsafeMutableRawPointer {
    callCapture.isComplete = false
    return unsafe pointer(view)
  }

  /// The view's first element; checks that all of it is in the workspace.
  @inline(__always)
  func pointer(_ view: View) -> UnsafeMutableRawPointer {
    precondition(
      view.end <= count, "\(view) at \(view.offset) is not in a workspace of \(count)")
    return unsafe base + view.offset * MemoryLayout<Element>.stride
  }
}
