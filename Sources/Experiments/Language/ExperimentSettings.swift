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
  /// Multiply-adds that one block may take.
  package var limit: Double
  /// Multiply-adds that all blocks of a build may take together.
  package var buildLimit: Double

  package init(
    echo: Echo = .hidden, width: Int? = nil, height: Int? = nil, limit: Double = 2e11,
    buildLimit: Double = 1e13
  ) {
    self.echo = echo
    self.width = width
    self.height = height
    self.limit = limit
    self.buildLimit = buildLimit
  }
}
