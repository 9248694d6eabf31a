/// The colors of a theme, as `templates/assets/figures.css` has them; a test compares the two.
///
/// The eight series colors are at least 0.09 apart in OKLab for normal sight, protanopia,
/// deuteranopia and tritanopia, and have a contrast of at least 3:1 with the ground.
struct Palette: Sendable {
  var ground: String
  var text: String
  var muted: String
  var grid: String
  var axis: String
  var series: [String]
  var cell: String
  var value: String
  var gradient: String

  static let light = Palette(
    ground: "#ffffff", text: "#24272d", muted: "#5b626e", grid: "#e4e6ea", axis: "#868d98",
    series: [
      "#2554d5", "#bc370b", "#169370", "#984c99", "#0095ff", "#8d9a04", "#59595c", "#3f309c",
    ], cell: "#000000", value: "#0b7a4b", gradient: "#bc2a0b")

  static let dark = Palette(
    ground: "#16181d", text: "#e3e6eb", muted: "#a2a9b5", grid: "#2b2f37", axis: "#747c89",
    series: [
      "#567feb", "#fc8122", "#12bc73", "#be73a9", "#8bd7ff", "#f0c633", "#bccfaa", "#a99bf9",
    ], cell: "#ffffff", value: "#4cc38a", gradient: "#ff9070")

  /// Names as the style sheet's variables have them, without `--figure-`.
  var variables: [(name: String, color: String)] {
    [("ground", ground), ("text", text), ("muted", muted), ("grid", grid), ("axis", axis)]
      + series.enumerated().map { (String($0), $1) }
      + [("cell", cell), ("value", value), ("gradient", gradient)]
  }
}
