internal import Tensors

/// The learning rate over the epochs.
///
/// All but `plateau` are closed forms of the epoch's number; `plateau` looks at what the epochs gave.
/// Formulas follow PyTorch; `RegistryEntry.formula` of the registry shows them.
package struct Schedule: Sendable {
  /// The epoch that comes next, from 0.
  package private(set) var epoch = 0
  private var form: Form

  private enum Form: Sendable {
    case closed(ScheduleForm)
    case plateau(Plateau)
  }

  /// - Parameters:
  ///   - base: The optimizer's rate.
  ///   - epochs: The whole training's, for schedules that end with it.
  package init(_ term: Term, base: Double, epochs: Int) throws(EngineError) {
    form =
      term.name == "plateau"
      ? .plateau(Plateau(term, base: base))
      : .closed(try ScheduleForm(term, base: base, epochs: epochs))
  }

  /// The learning rate during the coming epoch.
  package var rate: Double {
    switch form {
    case .closed(let form): form.rate(at: epoch)
    case .plateau(let plateau): plateau.rate
    }
  }

  /// The momentum during the coming epoch, where the schedule turns it (`one_cycle`).
  package var momentum: Double? {
    if case .closed(let form) = form { form.momentum(at: epoch) } else { nil }
  }

  /// Whether `endEpoch` is to be told the accuracy and not the loss.
  package var watchesAccuracy: Bool {
    if case .plateau(let plateau) = form { plateau.seeksMaximum } else { false }
  }

  /// Ends an epoch that gave this loss (or accuracy: `watchesAccuracy`).
  package mutating func endEpoch(metric: Double) {
    epoch += 1
    if case .plateau(var plateau) = form {
      plateau.observe(metric)
      form = .plateau(plateau)
    }
  }

  /// The rate during each of so many epochs; for `plateau` with a loss that never falls.
  package static func rates(
    _ term: Term, base: Double, epochs: Int
  ) throws(EngineError) -> [Double] {
    var schedule = try Schedule(term, base: base, epochs: epochs)
    return (0..<epochs).map { _ in
      defer { schedule.endEpoch(metric: 1) }
      return schedule.rate
    }
  }
}
