import Localization

/// One panel of a figure, drawn from numbers and text only.
///
/// A chart is a value: drawing it twice gives the same bytes. Labels of axes, series, categories
/// and nodes may contain simple mathematics between dollar signs: `$\theta_1$`, `loss $\times
/// 10^3$`.
package protocol Chart: Sendable {
  /// The heading above the panel; empty for none.
  var title: String { get }

  /// Text that replaces the description generated from the data.
  var alternative: String? { get set }

  /// All numbers that the chart shows: the content of the CSV file.
  var data: DataTable { get }

  /// The panel as drawn in a figure.
  func draw(in context: DrawingContext) -> Drawing

  /// Whether the panel takes a row of its own, as tables do.
  var takesWholeRow: Bool { get }

  /// The panel as an SVG picture for a file of its own, for charts whose ``draw(in:)`` gives HTML.
  func standaloneDrawing(in context: DrawingContext) -> Drawing?
}

extension Chart {
  /// `false`: most panels go side by side.
  package var takesWholeRow: Bool { false }

  /// `nil`: most charts are pictures already.
  package func standaloneDrawing(in context: DrawingContext) -> Drawing? { nil }

  /// The chart alone in a figure of its own.
  package func render(id: String) -> RenderedFigure { Figure(self).render(id: id) }
}
