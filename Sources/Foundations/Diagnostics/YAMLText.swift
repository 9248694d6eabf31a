/// YAML as an editor shows it.
package enum YAMLText {
  /// The text with spaces of the same length for U+0085, U+2028 and U+2029.
  ///
  /// YAML 1.1 ends a line at them, and no editor does: places that the parser gives would be counted in
  /// other lines than those of the file.
  package static func withoutRareLineBreaks(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0xC2 || $0 == 0xE2 }) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{85}": scalars.append("\u{A0}")
      case "\u{2028}", "\u{2029}": scalars.append("\u{2003}")
      default: scalars.append(scalar)
      }
    }
    return String(scalars)
  }
}
