/// What each step of a build took. Only for people who ask; nothing of it reaches a page.
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
