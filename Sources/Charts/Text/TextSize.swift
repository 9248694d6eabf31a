/// Sizes of text in pixels; `figures.css` has the same.
enum TextSize {
  static let tick = 12.0
  static let label = 12.5
  /// Least distance of two baselines.
  static let line = 15.0
}
