import DecimalText

/// A number that exceeds a limit, and the limit, for one message: in two digits, or in as many as
/// distinguish the two, `2.04e11` and `2e11`.
struct NumbersApart {
  let value: String
  let limit: String

  /// - Parameter words: Formats a number with a given number of digits.
  init(_ value: Double, _ limit: Double, words: (Double, Int) -> String = plain) {
    var digits = 2
    while digits < 17, value != limit, words(value, digits) == words(limit, digits) { digits += 1 }
    self.value = words(value, digits)
    self.limit = words(limit, digits)
  }

  /// A number in the form of a block's `limit`: `2e11`.
  static func plain(_ value: Double, _ digits: Int) -> String {
    significant(value, digits).replacing("e+0", with: "e").replacing("e+", with: "e")
  }
}
