internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Why the kernels that were asked for cannot be used.
package enum KernelSelectionError: Error, Hashable, Sendable {
  /// No kernels have this name.
  case unknown(name: String, known: [String])
  /// They exist, but not for this machine.
  case unavailable(name: String, available: [String])
}

/// The kernels of one instruction set. Every table gives the same bits.
@safe package struct KernelTable: Sendable, Hashable, CustomStringConvertible {
  /// Points to a constant, which lives for ever.
  nonisolated(unsafe) let table: UnsafePointer<ck_table>

  private init(_ table: UnsafePointer<ck_table>) { unsafe self.table = table }

  package static func == (a: KernelTable, b: KernelTable) -> Bool { unsafe a.table == b.table }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  package var name: String { unsafe String(cString: table.pointee.name) }
  package var description: String { name }

  package static let names = ["reference", "avx2", "avx512", "neon"]

  /// Those that this machine can run.
  package static let available: [KernelTable] = names.compactMap { name in
    unsafe ck_table_named(name).map { unsafe KernelTable($0) }
  }

  /// The fastest that this machine can run.
  package static let best = unsafe KernelTable(ck_best_table())

  /// What `SITEGEN_KERNELS` asks for, else `best`.
  package static let selection: Result<KernelTable, KernelSelectionError> = {
    guard let value = unsafe getenv("SITEGEN_KERNELS"), unsafe value.pointee != 0 else {
      return .success(best)
    }
    let name = unsafe String(cString: value)
    do throws(KernelSelectionError) { return .success(try named(name)) } catch {
      return .failure(error)
    }
  }()

  /// The selected kernels; `best` where the selection is an error, which a command tells by
  /// looking at `selection` first.
  package static let selected: KernelTable = {
    if case .success(let table) = selection { return table }
    return best
  }()

  package static func named(_ name: String) throws(KernelSelectionError) -> KernelTable {
    if let table = unsafe ck_table_named(name) { return unsafe KernelTable(table) }
    throw names.contains(name)
      ? .unavailable(name: name, available: available.map(\.name))
      : .unknown(name: name, known: names)
  }

  /// Runs nothing but fused multiply-adds, to measure the machine's peak.
  ///
  /// - Returns: The floating-point operations done, two for each multiply-add.
  package func runMultiplyAdds(steps: Int) -> Double {
    var result: Float = 0
    return unsafe table.pointee.multiply_adds(steps, &result)
  }

  static let double = unsafe KernelTable(ck_double_table())
}
