import Synchronization

/// Collects the formulas that a figure uses, without duplicates.
final class FormulaCollector: Sendable {
  private let state = Mutex<(list: [String], seen: Set<String>)>(([], []))

  func add(_ tex: String) {
    state.withLock { state in
      if state.seen.insert(tex).inserted { state.list.append(tex) }
    }
  }

  var formulas: [String] { state.withLock { $0.list } }
}
