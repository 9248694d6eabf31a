import DecimalText

extension FigureMaker {
  /// A number as TeX, with powers of ten; NaN and infinities as symbols.
  static func tex(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else {
      return value.isNaN ? "\\text{nan}" : value < 0 ? "-\\infty" : "\\infty"
    }
    let text = significant(value, digits)
    guard let mark = text.firstIndex(of: "e") else { return text }
    let exponent = Int(text[text.index(after: mark)...]) ?? 0
    return "\(text[..<mark])\\times10^{\(exponent)}"
  }
}
