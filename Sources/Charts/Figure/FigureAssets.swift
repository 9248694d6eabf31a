/// The style sheet and the script of a page with figures.
package enum FigureAssets {
  /// CSS of the palette, of drawings and of the figures around them.
  package static let styleSheet = """
    \(Palette.styleSheet)
    \(EmbeddedText.drawing_css)
    \(EmbeddedText.figure_css)
    """

  /// Values under the pointer, toggling of series, sliders for frames. Without the script a figure
  /// still shows all of its content.
  package static let script = EmbeddedText.figure_js

  /// The style embedded in an SVG file of its own, without comments and indentation.
  static let drawingStyle = compact(Palette.styleSheet + EmbeddedText.drawing_css)

  /// The style sheet without comments and indentation, its lines joined. No value in it needs a
  /// space where a line ends.
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
