/// What the server shows at the moment, and who waits for it to change.
actor PreviewState {
  /// What a page is told.
  struct News: Hashable, Sendable {
    /// Counts the builds.
    var build: Int
    /// The last build that gave a site.
    var site: Int
    var mistakes: [PreviewBuild.Mistake]
  }

  private(set) var site: PreviewBuild?
  private(set) var news = News(build: 0, site: 0, mistakes: [])
  private var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
  private var nextWaiter = 0

  /// Shows a build; one with errors leaves the last good site in place and shows its mistakes.
  func show(_ build: PreviewBuild) {
    news.build += 1
    news.mistakes = build.mistakes
    if build.isGood || site == nil {
      site = build
      news.site = news.build
    }
    wake()
  }

  /// The news once there is a build after `build`, or what there is when the time is up.
  func news(after build: Int, waiting timeout: Duration) async -> News {
    guard news.build <= build else { return news }
    let waiter = nextWaiter
    nextWaiter += 1
    let alarm = Task {
      try? await Task.sleep(for: timeout)
      wake(waiter)
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled { continuation.resume() } else { waiting[waiter] = continuation }
      }
    } onCancel: {
      Task { await self.wake(waiter) }
    }
    alarm.cancel()
    return news
  }

  private func wake(_ waiter: Int) { waiting.removeValue(forKey: waiter)?.resume() }

  private func wake() {
    let all = waiting
    waiting = [:]
    for continuation in all.values { continuation.resume() }
  }
}
