internal import CKernels

/// Why the kernels of a name cannot be used.
package enum KernelSelectionError: Error, Hashable, Sendable {
  /// No kernels have this name.
  case unknown(name: String, known: [String])
  /// This machine cannot run them.
  case unavailable(name: String, available: [String])
}

/// The kernels of one instruction set. Every table gives the same bits.
@safe package struct KernelTable: Sendable, Hashable, CustomStringConvertible {
  /// Points to a constant.
  nonisolated(unsafe) let table: UnsafePointer<ck_table>

  private init(_ table: UnsafePointer<ck_table>) { unsafe self.table = table }

  package static func == (a: KernelTable, b: KernelTable) -> Bool { unsafe a.table == b.table }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  /// `avx2`, `neon`, `reference`, …
  package var name: String { unsafe String(cString: table.pointee.name) }
  package var description: String { name }

  /// The names of all tables, from the reference to the fastest.
  package static let names: [String] = {
    var names: [String] = []
    while let name = unsafe ck_table_name(Int32(names.count)) {
      names.append(unsafe String(cString: name))
    }
    return names
  }()

  /// The tables that this machine can run.
  package static let available: [KernelTable] = names.compactMap { name in
    unsafe ck_table_named(name).map { unsafe KernelTable($0) }
  }

  /// The fastest table that this machine can run.
  package static let best = unsafe KernelTable(ck_best_table())

  /// The table of a name.
  ///
  /// - Throws: `KernelSelectionError` for a name that is not among `available`.
  package static func named(_ name: String) throws(KernelSelectionError) -> KernelTable {
    if let table = unsafe ck_table_named(name) { return unsafe KernelTable(table) }
    throw names.contains(name)
      ? .unavailable(name: name, available: available.map { $0.name })
      : .unknown(name: name, known: names)
  }

  /// Runs only fused multiply-adds, to measure the machine's peak.
  ///
  /// - Returns: The number of floating-point operations, two for each multiply-add.
  package func runMultiplyAdds(steps: Int) -> Double {
    var result: Float = 0
    return unsafe table.pointee.multiply_adds(steps, &result)
  }

  /// Double precision, the same on every machine.
  static let double = unsafe KernelTable(ck_double_table())
}
