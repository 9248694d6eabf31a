import NeuralNetworks
import Synchronization

/// The key of a run's data set: equal keys have equal samples.
struct DataKey: Hashable, Sendable {
  let term: Term
  /// `nil` if all seeds give the same samples.
  let seed: UInt64?

  init(_ term: Term, seed: UInt64) {
    self.term = term
    self.seed = Engine.isFixed(term) ? nil : seed
  }
}

/// The data sets of concurrent runs. Each is made once, by the first run that needs it, and
/// released when no run needs it anymore.
final class DataShelf: Sendable {
  /// Locked while the data set is made, so that other runs wait for it.
  private final class Place: Sendable {
    let made = Mutex<Dataset?>(nil)
  }

  private struct State {
    var places: [DataKey: Place] = [:]
    /// The number of runs that still need each data set.
    var needs: [DataKey: Int]
  }

  private let state: Mutex<State>

  /// - Parameter needs: The number of runs that need each data set.
  init(_ needs: [DataKey: Int]) { state = Mutex(State(needs: needs)) }

  /// A function that returns shared data sets, for a run to use instead of making its own.
  func source(_ files: DataFiles) -> Engine.Shelf {
    { [self] (term: Term, seed: UInt64) throws(EngineError) in
      let place = place(of: DataKey(term, seed: seed))
      return try place.made.withLock { (made) throws(EngineError) in
        if let made { return made }
        let data = try Engine.dataset(term, seed: seed, files: files.forEngine)
        made = data
        return data
      }
    }
  }

  private func place(of key: DataKey) -> Place {
    state.withLock { state in
      if let place = state.places[key] { return place }
      let place = Place()
      state.places[key] = place
      return place
    }
  }

  /// Records that a run no longer needs its data sets.
  func release(_ keys: [DataKey]) {
    state.withLock { state in
      for key in keys {
        let rest = (state.needs[key] ?? 1) - 1
        state.needs[key] = rest
        if rest <= 0 { state.places[key] = nil }
      }
    }
  }

  /// Releases data sets that no current run uses; they are made again on demand.
  func drop(allBut keys: Set<DataKey>) {
    state.withLock { state in
      state.places = state.places.filter { keys.contains($0.key) }
    }
  }
}
