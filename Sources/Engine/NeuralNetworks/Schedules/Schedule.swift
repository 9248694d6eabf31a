internal import Tensors

/// The learning rate over the epochs.
///
/// All but `plateau` are functions of the epoch alone; `plateau` depends on the metric of each
/// epoch. Formulas are PyTorch's; the registry has them as `RegistryEntry.formula`.
package struct Schedule: Sendable {
  /// The coming epoch, from 0.
  package private(set) var epoch = 0
  private var form: Form

  private enum Form: Sendable {
    case closed(ScheduleForm)
    case plateau(Plateau)
  }

  /// - Parameters:
  ///   - base: The optimizer's rate.
  ///   - epochs: Length of the training, for schedules that end with it.
  /// - Throws: `EngineError.unknownName` for a term that is not a schedule.
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

  /// The momentum during the coming epoch, if the schedule sets it (`one_cycle`).
  package var momentum: Double? {
    if case .closed(let form) = form { form.momentum(at: epoch) } else { nil }
  }

  /// Whether the metric of `endEpoch` is the accuracy instead of the loss.
  package var watchesAccuracy: Bool {
    if case .plateau(let plateau) = form { plateau.seeksMaximum } else { false }
  }

  /// Ends an epoch.
  ///
  /// - Parameter metric: Its loss, or its accuracy if `watchesAccuracy`.
  package mutating func endEpoch(metric: Double) {
    epoch += 1
    if case .plateau(var plateau) = form {
      plateau.observe(metric)
      form = .plateau(plateau)
    }
  }

  /// The rate of each epoch; for `plateau` with a loss that never decreases.
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
