/// Measures the time of each step of a build, for `--timings`; no page shows it.
struct StepClock {
  private(set) var timings: [(step: String, seconds: Double)] = []
  private var last = ContinuousClock.now

  mutating func finish(_ step: String) {
    let now = ContinuousClock.now
    let (seconds, attoseconds) = (now - last).components
    timings.append((step, Double(seconds) + Double(attoseconds) * 1e-18))
    last = now
  }
}
