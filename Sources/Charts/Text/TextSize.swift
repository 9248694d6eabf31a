/// Text sizes in pixels, as in `drawing.css`.
enum TextSize {
  static let tick = 12.0
  static let label = 12.5
  /// Minimum distance between two baselines.
  static let line = 15.0
}
