import Synchronization

/// The site and the news that the server currently shows.
final class PreviewState: Sendable {
  /// The news that a page receives.
  struct News: Hashable, Sendable {
    /// The number of builds so far.
    var build: Int
    /// The number of the build whose site is shown.
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
      // Before the first good site, one with mistakes is better than none.
      if build.isGood || (!(contents.site?.isGood ?? false) && !build.paths.isEmpty) {
        contents.site = build
        contents.news.site = contents.news.build
      }
    }
  }
}
