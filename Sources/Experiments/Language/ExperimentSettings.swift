/// What a site's configuration says about its blocks. A block's own options win over these.
package struct ExperimentSettings: Hashable, Sendable {
  /// Whether a block's text is shown with its result.
  package enum Echo: String, Hashable, Sendable, CaseIterable {
    case hidden = "false"
    case shown = "true"
    case folded
  }

  package var echo: Echo
  /// Width and height of a figure in CSS pixels; `nil` for what suits the figure.
  package var width: Int?
  package var height: Int?
  /// Operations that one block may take, each about a tenth of a nanosecond. A block's own `limit`
  /// replaces it, up to `articleLimit`.
  package var limit: Double
  /// Operations that all blocks of an article may take together.
  package var articleLimit: Double
  /// Operations that all blocks of a build may take together.
  package var buildLimit: Double
  /// Bytes that concurrent runs may hold together.
  package var memory: Int

  /// Numbers that the results of one block, of an article and of a build may hold.
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
