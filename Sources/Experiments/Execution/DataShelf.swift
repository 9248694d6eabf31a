import NeuralNetworks
import Synchronization

/// A data set of a run: equal keys have equal samples.
struct DataKey: Hashable, Sendable {
  let term: Term
  /// Left out where all seeds give the same samples.
  let seed: UInt64?

  init(_ term: Term, seed: UInt64) {
    self.term = term
    self.seed = Engine.isFixed(term) ? nil : seed
  }
}

/// The data sets of the concurrent runs: each is made once, by the first run that asks for it, and
/// released when no run needs it any more.
final class DataShelf: Sendable {
  /// Locked while it is made, so that others wait for it.
  private final class Place: Sendable {
    let made = Mutex<Dataset?>(nil)
  }

  private struct State {
    var places: [DataKey: Place] = [:]
    /// Runs that still need each.
    var needs: [DataKey: Int]
  }

  private let state: Mutex<State>

  /// - Parameter needs: How many runs need each data set.
  init(_ needs: [DataKey: Int]) { state = Mutex(State(needs: needs)) }

  /// What a run is given in place of making its data itself.
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

  /// Records that a run needs its data no more.
  func release(_ keys: [DataKey]) {
    state.withLock { state in
      for key in keys {
        let rest = (state.needs[key] ?? 1) - 1
        state.needs[key] = rest
        if rest <= 0 { state.places[key] = nil }
      }
    }
  }

  /// Releases data that no current run uses; they are made again when another asks for them.
  func drop(allBut keys: Set<DataKey>) {
    state.withLock { state in
      state.places = state.places.filter { keys.contains($0.key) }
    }
  }
}
