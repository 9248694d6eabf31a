import Synchronization

/// What the server shows at the moment.
final class PreviewState: Sendable {
  /// What a page receives.
  struct News: Hashable, Sendable {
    /// Counts the builds.
    var build: Int
    /// The last build that gave a site.
    var site: Int
    var mistakes: [PreviewBuild.Mistake]
  }

  private let contents = Mutex<(site: PreviewBuild?, news: News)>(
    (nil, News(build: 0, site: 0, mistakes: [])))

  var current: (site: PreviewBuild?, news: News) { contents.withLock { $0 } }

  /// Shows a build; one with errors leaves the last good site in place and shows its mistakes.
  func show(_ build: PreviewBuild) {
    contents.withLock { contents in
      contents.news.build += 1
      contents.news.mistakes = build.mistakes
      // Before there is a good one, a site with mistakes is better than none.
      if build.isGood || (!(contents.site?.isGood ?? false) && !build.paths.isEmpty) {
        contents.site = build
        contents.news.site = contents.news.build
      }
    }
  }
}
