internal import CKernels

package enum WorkspaceError: Error, Hashable, Sendable {
  /// More than can be addressed, or than the machine has.
  case tooLarge(bytes: Int, available: Int)
}

/// The memory of one computation: allocated once, used through views, freed at the end.
///
/// Operations are methods; they check the bounds and shapes of their views once, allocate nothing
/// and give the same bits for every kernel table and number of threads. Operands may be the very
/// view that is written (in place) where a method says so, and must not overlap otherwise.
/// A workspace belongs to one thread at a time.
@safe package final class Workspace<Element: Scalar> {
  /// Elements.
  package let count: Int
  package let kernels: KernelTable
  /// How many threads a large operation may use.
  package var threadLimit: Int

  let base: UnsafeMutableRawPointer
  let table: UnsafePointer<ck_table>
  /// What is being written down, see `capture`.
  let capturing = CallCapture()
  /// What large products pack an operand into: allocated for the first of them, then kept.
  private var panel: UnsafeMutableRawPointer?
  /// The sum and the count of the last loss; the rule of updates: where calls find them that are
  /// written down.
  let lossCells: UnsafeMutablePointer<Double>
  let updateRule: UnsafeMutablePointer<ck_update>

  /// Zeros for everything that was planned.
  package convenience init(
    _ plan: WorkspacePlan, kernels: KernelTable = .best, threadLimit: Int = 1
  ) throws(WorkspaceError) {
    if plan.isTooLarge {
      throw .tooLarge(bytes: .max, available: Machine.memory)
    }
    try self.init(count: plan.count, kernels: kernels, threadLimit: threadLimit)
  }

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
    // Room for one vector beyond the end keeps the last element away from the page's edge.
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

  /// Memory that a large product may write to, always of one size; nil where the machine has none
  /// left, which costs time alone.
  func panel(elements: Int) -> UnsafeMutableRawPointer? {
    if unsafe panel == nil {
      unsafe panel = Machine.allocate(elements * MemoryLayout<Element>.stride)
    }
    return unsafe panel
  }

  // MARK: - Elements

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

  /// Lends a contiguous view's elements, for what no kernel does.
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

  /// The view's first element, for what cannot be written down: a recording ends.
  @inline(__always)
  func uncapturedPointer(_ view: View) -> UnsafeMutableRawPointer {
    capturing.isComplete = false
    return unsafe pointer(view)
  }

  /// The view's first element, after checking that all of it lies in the workspace.
  @inline(__always)
  func pointer(_ view: View) -> UnsafeMutableRawPointer {
    precondition(
      view.end <= count, "\(view) at \(view.offset) is not in a workspace of \(count)")
    return unsafe base + view.offset * MemoryLayout<Element>.stride
  }
}
