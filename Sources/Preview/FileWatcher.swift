/// Looks at files again and again.
struct FileWatcher: Sendable {
  /// How long to wait between two looks, at least.
  let interval: Duration
  let snapshot: @Sendable () -> FileSnapshot
  /// What the last look took.
  private var cost = Duration.zero

  init(interval: Duration, snapshot: @escaping @Sendable () -> FileSnapshot) {
    self.interval = interval
    self.snapshot = snapshot
  }

  /// The files as they are now.
  mutating func look() -> FileSnapshot {
    let clock = ContinuousClock()
    let start = clock.now
    let now = snapshot()
    cost = clock.now - start
    return now
  }

  /// Returns when the files differ from `before`, or the task is canceled.
  mutating func waitForChange(since before: FileSnapshot) async {
    while !Task.isCancelled, look() == before { await pause(interval) }
  }

  /// The files once they have stopped changing, as a checkout or a renaming editor does soon. One
  /// that never stops is not waited for.
  mutating func settled() async -> FileSnapshot {
    var last = look()
    for _ in 0..<20 where !Task.isCancelled {
      await pause(interval / 4)
      let now = look()
      if now == last { break }
      last = now
    }
    return last
  }

  /// To look at many files takes time of its own: a quarter of all time at most.
  private func pause(_ interval: Duration) async {
    try? await Task.sleep(for: max(interval, cost * 3))
  }
}
