/// Decreases the rate when the metric has not improved for more than `patience` epochs.
///
/// An improvement is relative to the best metric (`rel`) or absolute (`abs`). After a decrease it
/// rests for `cooldown` epochs. NaN is never an improvement.
/// - Source: PyTorch's `ReduceLROnPlateau`.
struct Plateau: Sendable {
  let seeksMaximum: Bool
  private(set) var rate: Double
  private let factor: Double
  private let patience: Int
  private let threshold: Double
  private let isRelative: Bool
  private let cooldown: Int
  private let minimum: Double
  private var best: Double
  private var badEpochs = 0
  private var rest = 0

  init(_ term: Term, base: Double) {
    seeksMaximum = term.word("mode") == "max"
    rate = base
    factor = term.number("factor") ?? 0.1
    patience = term.integer("patience") ?? 10
    threshold = term.number("threshold") ?? 1e-4
    isRelative = term.word("threshold_mode") != "abs"
    cooldown = term.integer("cooldown") ?? 0
    minimum = term.number("min_rate") ?? 0
    best = seeksMaximum ? -.infinity : .infinity
  }

  /// Takes the metric of one more epoch into account.
  mutating func observe(_ metric: Double) {
    if isBetter(metric) {
      best = metric
      badEpochs = 0
    } else {
      badEpochs += 1
    }
    if rest > 0 {
      rest -= 1
      badEpochs = 0
    }
    guard badEpochs > patience else { return }
    let lower = max(rate * factor, minimum)
    if rate - lower > 1e-8 { rate = lower }
    rest = cooldown
    badEpochs = 0
  }

  private func isBetter(_ metric: Double) -> Bool {
    switch (seeksMaximum, isRelative) {
    case (false, true): metric < best * (1 - threshold)
    case (false, false): metric < best - threshold
    case (true, true): metric > best * (1 + threshold)
    case (true, false): metric > best + threshold
    }
  }
}
