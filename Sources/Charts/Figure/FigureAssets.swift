/// What a page with figures loads: one style sheet and one script.
package enum FigureAssets {
  /// The palette, the style of drawings and that of figures around them, as CSS.
  package static let styleSheet = """
    \(Palette.styleSheet)
    \(EmbeddedText.drawing_css)
    \(EmbeddedText.figure_css)
    """

  /// Values under the pointer, series on and off, sliders over frames. Without the script a figure
  /// shows all of its content too.
  package static let script = EmbeddedText.figure_js

  /// The style of an SVG file of its own, without comments and indentation.
  static let drawingStyle = compact(Palette.styleSheet + EmbeddedText.drawing_css)

  /// The style sheet with each line's indentation and all comments left out. Values that need a space
  /// where a line ends do not occur.
  static func compact(_ css: String) -> String {
    var result = ""
    var rest = Substring(css)
    while let comment = rest.firstRange(of: "/*") {
      result += rest[..<comment.lowerBound]
      rest = rest[comment.upperBound...]
      guard let end = rest.firstRange(of: "*/") else { return result }
      rest = rest[end.upperBound...]
    }
    result += rest
    return result.split(separator: "\n").map { $0.drop { $0 == " " } }.joined()
  }
}
