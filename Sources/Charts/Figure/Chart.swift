import Localization

/// One panel of a figure: something drawn from numbers and words alone.
///
/// A chart is a value; drawing it twice gives the same bytes. Labels of axes, series, categories and
/// nodes may hold simple mathematics between dollar signs: `$\theta_1$`, `loss $\times 10^3$`.
package protocol Chart: Sendable {
  /// The heading above the panel; empty for none.
  var title: String { get }

  /// Words in place of the description made from the data.
  var alternative: String? { get set }

  /// The numbers that the chart shows, all of them: what the CSV file holds.
  var data: DataTable { get }

  /// The panel as it is in a figure.
  func draw(in context: DrawingContext) -> Drawing

  /// Whether no other panel is beside it, as with tables.
  var takesWholeRow: Bool { get }

  /// The panel as a picture, for a file of its own, where ``draw(in:)`` gives HTML.
  func standaloneDrawing(in context: DrawingContext) -> Drawing?
}

extension Chart {
  /// Most panels go side by side.
  package var takesWholeRow: Bool { false }

  /// Most charts are pictures already.
  package func standaloneDrawing(in context: DrawingContext) -> Drawing? { nil }

  /// The chart alone in a figure of its own.
  package func render(id: String) -> RenderedFigure { Figure(self).render(id: id) }
}
