internal import Tensors

/// A schedule that is a function of the epoch alone.
enum ScheduleForm: Sendable {
  case constant(Double)
  case step(base: Double, every: Int, gamma: Double)
  case multistep(base: Double, milestones: [Double], gamma: Double)
  case exponential(base: Double, gamma: Double)
  case cosine(base: Double, period: Int, minimum: Double)
  case warmRestarts(base: Double, period: Int, factor: Int, minimum: Double)
  case linear(base: Double, start: Double, end: Double, epochs: Int)
  indirect case warmup(base: Double, start: Double, epochs: Int, then: ScheduleForm)
  case hold(base: Double, factor: Double, epochs: Int)
  case polynomial(base: Double, power: Double, period: Int)
  case inverseTime(base: Double, decay: Double)
  case oneCycle(OneCycle)
  case triangular(base: Double, peak: Double, epochs: Int)

  init(_ term: Term, base: Double, epochs: Int) throws(EngineError) {
    let period = max(term.integer("period") ?? epochs, 1)
    let minimum = term.number("minimum") ?? 0
    switch term.name {
    case "constant": self = .constant(base)
    case "step":
      self = .step(
        base: base, every: term.integer("every") ?? 10, gamma: term.number("gamma") ?? 0.1)
    case "multistep":
      self = .multistep(
        base: base, milestones: term.numbers("milestones") ?? [],
        gamma: term.number("gamma") ?? 0.1)
    case "exponential": self = .exponential(base: base, gamma: term.number("gamma") ?? 0.95)
    case "cosine": self = .cosine(base: base, period: period, minimum: minimum)
    case "warm_restarts":
      self = .warmRestarts(
        base: base, period: term.integer("period") ?? 10, factor: term.integer("factor") ?? 1,
        minimum: minimum)
    case "linear":
      self = .linear(
        base: base, start: term.number("start") ?? 1.0 / 3, end: term.number("end") ?? 1,
        epochs: term.integer("epochs") ?? 5)
    case "warmup":
      let length = term.integer("epochs") ?? 5
      self = .warmup(
        base: base, start: term.number("start") ?? 0.1, epochs: length,
        then: term.word("then") == "cosine"
          ? .cosine(base: base, period: max(epochs - length, 1), minimum: minimum)
          : .constant(base))
    case "hold":
      self = .hold(
        base: base, factor: term.number("factor") ?? 1.0 / 3, epochs: term.integer("epochs") ?? 5)
    case "polynomial":
      self = .polynomial(base: base, power: term.number("power") ?? 1, period: period)
    case "inverse_time": self = .inverseTime(base: base, decay: term.number("decay") ?? 0.1)
    case "one_cycle": self = .oneCycle(OneCycle(term, base: base, period: period))
    case "triangular":
      self = .triangular(
        base: base, peak: term.number("peak") ?? base, epochs: term.integer("epochs") ?? 5)
    default: throw .unknownName(.schedule, term.name)
    }
  }

  /// The rate during an epoch, counted from 0.
  func rate(at epoch: Int) -> Double {
    let t = Double(epoch)
    switch self {
    case .constant(let base): return base
    case .step(let base, let every, let gamma):
      return base * Double.pow(gamma, Double(epoch / every))
    case .multistep(let base, let milestones, let gamma):
      return base * Double.pow(gamma, Double(milestones.count { $0 <= t }))
    case .exponential(let base, let gamma): return base * Double.pow(gamma, t)
    case .cosine(let base, let period, let minimum):
      return halfWave(from: base, to: minimum, t / Double(period))
    case .warmRestarts(let base, let period, let factor, let minimum):
      var (place, length) = (epoch, period)
      if factor == 1 {
        place %= length
      } else {
        while place >= length {
          place -= length
          let (product, overflow) = length.multipliedReportingOverflow(by: factor)
          length = overflow ? .max : product
        }
      }
      return halfWave(from: base, to: minimum, Double(place) / Double(length))
    case .linear(let base, let start, let end, let epochs):
      return base * (start + (end - start) * min(t / Double(epochs), 1))
    case .warmup(let base, let start, let epochs, let then):
      return epoch < epochs
        ? base * (start + (1 - start) * t / Double(epochs)) : then.rate(at: epoch - epochs)
    case .hold(let base, let factor, let epochs): return epoch < epochs ? base * factor : base
    case .polynomial(let base, let power, let period):
      return base * Double.pow(max(1 - t / Double(period), 0), power)
    case .inverseTime(let base, let decay): return base / (1 + decay * t)
    case .oneCycle(let cycle): return cycle.rate(at: epoch)
    case .triangular(let base, let peak, let epochs):
      let ramp = Double(epochs)
      let place = t - 2 * ramp * (t / (2 * ramp)).rounded(.down)
      return base + (peak - base) * max(0, 1 - abs(place / ramp - 1))
    }
  }

  func momentum(at epoch: Int) -> Double? {
    if case .oneCycle(let cycle) = self { cycle.momentum(at: epoch) } else { nil }
  }
}

/// Half a cosine wave from one value, at 0, to another, at 1.
func halfWave(from start: Double, to end: Double, _ share: Double) -> Double {
  end + (start - end) * (1 + Double.cos(Double.pi * share)) / 2
}
