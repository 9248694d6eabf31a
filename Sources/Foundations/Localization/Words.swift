/// The texts of one language that the program itself writes into pages, figures and tables.
///
/// To add a language, write a file like `Words+English.swift` and list it in ``all``. The compiler
/// reports the phrases that such a file lacks.
package struct Words: Sendable {
  /// The primary subtag of the language in BCP 47: `en`.
  package let tag: String
  private let writeDay: @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String
  private let text: @Sendable (Phrase) -> String

  package static let all: [Words] = [english, chinese]

  /// - Parameters:
  ///   - day: Formats a date as is customary in the language; the month is 1 to 12.
  ///   - text: Returns the text of a phrase.
  init(
    tag: String, day: @escaping @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String,
    text: @escaping @Sendable (Phrase) -> String
  ) {
    self.tag = tag
    self.writeDay = day
    self.text = text
  }

  /// The words for a language tag such as `en-GB` or `zh-Hans`; English if the language has none.
  package init(tag: String) { self = Self.matching(tag) ?? .english }

  /// The words for a tag by its primary subtag, in upper or lower case; `nil` if the language has
  /// none.
  package static func matching(_ tag: String) -> Words? {
    let primary = tag.prefix { $0.isLetter }.lowercased()
    return all.first { $0.tag == primary }
  }

  /// The phrase in this language.
  package func callAsFunction(_ phrase: Phrase) -> String { text(phrase) }

  /// A date as is customary in the language: `31 January 2016`, `2016年1月31日`.
  ///
  /// - Parameter month: 1 to 12.
  package func day(year: Int, month: Int, day: Int) -> String { writeDay(year, month, day) }
}
