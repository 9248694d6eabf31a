/// Settings for blocks from the site's configuration. A block's own options take precedence.
package struct ExperimentSettings: Hashable, Sendable {
  /// Whether a block's text is shown with its result.
  package enum Echo: String, Hashable, Sendable, CaseIterable {
    case hidden = "false"
    case shown = "true"
    case folded
  }

  package var echo: Echo
  /// Width and height of a figure in CSS pixels; `nil` lets the figure choose.
  package var width: Int?
  package var height: Int?
  /// Maximum number of operations of one block, each about a tenth of a nanosecond. A block's own
  /// `limit` replaces it, up to `articleLimit`.
  package var limit: Double
  /// Maximum number of operations of all blocks of an article.
  package var articleLimit: Double
  /// Maximum number of operations of all blocks of a build.
  package var buildLimit: Double
  /// Maximum memory in bytes of concurrent runs.
  package var memory: Int

  /// Maximum number of values in the results of one block, of an article and of a build.
  static let mostNumbers = (block: 4e6, article: 8e6, build: 2e7)

  package init(
    echo: Echo = .hidden, width: Int? = nil, height: Int? = nil, limit: Double = 2e11,
    articleLimit: Double = 1e12, buildLimit: Double = 1e13, memory: Int = 2_000_000_000
  ) {
    self.echo = echo
    self.width = width
    self.height = height
    self.limit = limit
    self.articleLimit = articleLimit
    self.buildLimit = buildLimit
    self.memory = memory
  }
}
