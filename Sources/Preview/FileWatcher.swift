/// Polls files for changes.
struct FileWatcher: Sendable {
  /// The minimum time between two polls.
  let interval: Duration
  let snapshot: @Sendable () -> FileSnapshot
  /// How long the last poll took.
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

  /// The files once they have stopped changing, which a checkout or a renaming editor soon does.
  /// Does not wait for files that never stop.
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

  /// Sleeps between polls. Polling many files takes time of its own: at most a quarter of the
  /// total.
  private func pause(_ interval: Duration) async {
    try? await Task.sleep(for: max(interval, cost * 3))
  }
}
