/// Increases for a fraction of the period, then decreases to almost 0; momentum inversely.
///
/// With three phases it decreases as fast as it increased, then to almost 0. After the period the
/// rate keeps its last value.
/// - Source: Smith, Topin, *Super-convergence* (2019), in PyTorch's form: a phase ends one epoch
///   before its fraction.
struct OneCycle: Sendable {
  private struct Phase {
    var end: Double
    var rates: (Double, Double)
    var momenta: (Double, Double)
  }

  private let phases: [Phase]
  private let isLinear: Bool
  private let turnsMomentum: Bool

  init(_ term: Term, base: Double, period: Int) {
    let peak = term.number("peak") ?? base
    let first = peak / (term.number("divisor") ?? 25)
    let last = first / (term.number("final_divisor") ?? 1e4)
    let share = term.number("share") ?? 0.3
    let low = term.number("base_momentum") ?? 0.85
    let high = term.number("max_momentum") ?? 0.95
    let count = Double(period)
    let up = Phase(end: share * count - 1, rates: (first, peak), momenta: (high, low))
    phases =
      term.flag("three_phase")
      ? [
        up,
        Phase(end: 2 * share * count - 2, rates: (peak, first), momenta: (low, high)),
        Phase(end: count - 1, rates: (first, last), momenta: (high, high)),
      ] : [up, Phase(end: count - 1, rates: (peak, last), momenta: (low, high))]
    isLinear = term.word("anneal") == "linear"
    turnsMomentum = term.flag("cycle_momentum")
  }

  func rate(at epoch: Int) -> Double { value(at: epoch) { $0.rates } }

  func momentum(at epoch: Int) -> Double? {
    turnsMomentum ? value(at: epoch) { $0.momenta } : nil
  }

  private func value(at epoch: Int, _ range: (Phase) -> (Double, Double)) -> Double {
    let t = Double(epoch)
    var start = 0.0
    for (index, phase) in phases.enumerated() {
      if t <= phase.end || index == phases.count - 1 {
        let share = phase.end > start ? min((t - start) / (phase.end - start), 1) : 1
        let (from, to) = range(phase)
        return isLinear ? from + (to - from) * share : halfWave(from: from, to: to, share)
      }
      start = phase.end
    }
    preconditionFailure("a cycle has phases")
  }
}
