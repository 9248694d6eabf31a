/// The colors of a theme, defined here only. ``styleSheet`` gives both themes to the browser.
///
/// The eight series colors are at least 0.09 apart in OKLab for normal sight, protanopia,
/// deuteranopia and tritanopia, and have a contrast of at least 3:1 with the background.
struct Palette: Sendable {
  var ground: String
  var text: String
  var muted: String
  var grid: String
  var axis: String
  var series: [String]
  /// Numbers in cells of a heat map.
  var cell: String
  /// Numbers of a forward pass in a graph.
  var value: String
  /// Numbers of a backward pass in a graph, and wrong answers.
  var gradient: String
  /// The edge of a box that scrolls.
  var shadow: String

  static let light = Palette(
    ground: "#ffffff", text: "#24272d", muted: "#5b626e", grid: "#e4e6ea", axis: "#868d98",
    series: [
      "#2554d5", "#bc370b", "#169370", "#984c99", "#0095ff", "#8d9a04", "#59595c", "#3f309c",
    ], cell: "#000000", value: "#0b7a4b", gradient: "#bc2a0b", shadow: "#24272d38")

  static let dark = Palette(
    ground: "#16181d", text: "#e3e6eb", muted: "#a2a9b5", grid: "#2b2f37", axis: "#747c89",
    series: [
      "#567feb", "#fc8122", "#12bc73", "#be73a9", "#8bd7ff", "#f0c633", "#bccfaa", "#a99bf9",
    ], cell: "#ffffff", value: "#4cc38a", gradient: "#ff9070", shadow: "#e3e6eb47")

  /// The style sheet's variables with their colors, without the prefix `--figure-`.
  var variables: [(name: String, color: String)] {
    [("ground", ground), ("text", text), ("muted", muted), ("grid", grid), ("axis", axis)]
      + series.enumerated().map { (String($0), $1) }
      + [("cell", cell), ("value", value), ("gradient", gradient), ("shadow", shadow)]
  }

  /// CSS that defines a variable for each color and a class for each series, in both themes.
  ///
  /// - Source: CSS Color Module Level 5, `light-dark()`; supported by browsers since May 2024.
  static let styleSheet: String = {
    let colors = zip(light.variables, dark.variables).map { light, dark in
      "  --figure-\(light.name): light-dark(\(light.color), \(dark.color));\n"
    }
    let classes = light.series.indices.map { ".figure .c\($0) { --c: var(--figure-\($0)); }\n" }
    return ":root {\n  color-scheme: light dark;\n\(colors.joined())}\n\(classes.joined())"
  }()
}
