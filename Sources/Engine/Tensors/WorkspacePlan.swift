/// The layout of a workspace: all of its matrices, before anything is allocated.
package struct WorkspacePlan: Sendable {
  /// Elements reserved so far.
  package private(set) var count = 0
  private var overflows = false

  /// An empty plan.
  package init() {}

  /// Reserves a matrix, 64-byte aligned, that overlaps no other.
  ///
  /// A plan that overflows is marked; `Workspace.init` throws for it.
  package mutating func reserve(rows: Int, columns: Int) -> View {
    let (elements, over) = rows.multipliedReportingOverflow(by: columns)
    let (end, overEnd) = count.addingReportingOverflow(elements)
    let (padded, overPadded) = end.addingReportingOverflow(15)
    guard rows >= 0, columns >= 0, !over, !overEnd, !overPadded, Int64(padded) < WorkspacePlan.limit
    else {
      overflows = true
      return View(offset: 0, rows: 0, columns: 0)
    }
    let view = View(offset: count, rows: rows, columns: columns)
    count = padded & ~15
    return view
  }

  /// Reserves one row.
  package mutating func reserve(_ columns: Int) -> View { reserve(rows: 1, columns: columns) }

  /// The maximum number of elements.
  static let limit = Int64(1) << 40

  var isTooLarge: Bool { overflows }

  /// Bytes of a workspace of this plan; nil where they overflow.
  package func bytes<Element: Scalar>(of type: Element.Type) -> Int? {
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
    return overflows || overflow ? nil : bytes
  }
}
