import DecimalText

/// A number above a limit, and the limit, for one sentence: in two digits, or in as many as tell the two
/// apart, `2.04e11` and `2e11`.
struct NumbersApart {
  let value: String
  let limit: String

  /// - Parameter words: A number in so many digits.
  init(_ value: Double, _ limit: Double, words: (Double, Int) -> String = plain) {
    var digits = 2
    while digits < 17, value != limit, words(value, digits) == words(limit, digits) { digits += 1 }
    self.value = words(value, digits)
    self.limit = words(limit, digits)
  }

  /// As a block's `limit` is written: `2e11`.
  static func plain(_ value: Double, _ digits: Int) -> String {
    significant(value, digits).replacing("e+0", with: "e").replacing("e+", with: "e")
  }
}
