internal import Tensors

extension Engine {
  /// The kernels of one instruction set. All give the same bits.
  package struct Kernels: Hashable, Sendable {
    let table: KernelTable

    /// The fastest that this machine can run.
    package static let best = Kernels(table: .best)

    init(table: KernelTable) { self.table = table }

    /// - Throws: `KernelsError` if no kernels have this name, or this machine cannot run them.
    package init(named name: String) throws(KernelsError) {
      do throws(KernelSelectionError) { table = try KernelTable.named(name) } catch {
        throw switch error {
        case .unknown(let name, let known): .unknown(name: name, known: known)
        case .unavailable(let name, let available): .unavailable(name: name, available: available)
        }
      }
    }
  }

  /// Why the kernels of a name cannot be used.
  package enum KernelsError: Error, Hashable, Sendable {
    /// No kernels have this name.
    case unknown(name: String, known: [String])
    /// This machine cannot run them.
    case unavailable(name: String, available: [String])
  }
}
