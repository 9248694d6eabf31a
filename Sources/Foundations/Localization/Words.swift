/// The words of one language: what pages, figures and tables say by themselves.
///
/// A further language is a file like `Words+English.swift` and its place in ``all``. The compiler
/// finds what such a file lacks.
package struct Words: Sendable {
  /// The primary subtag of the language in BCP 47: `en`.
  package let tag: String
  private let writeDay: @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String
  private let text: @Sendable (Phrase) -> String

  package static let all: [Words] = [english, chinese]

  /// - Parameters:
  ///   - day: Writes a date as people do; the month is 1 to 12.
  ///   - text: Gives every phrase its text.
  init(
    tag: String, day: @escaping @Sendable (_ year: Int, _ month: Int, _ day: Int) -> String,
    text: @escaping @Sendable (Phrase) -> String
  ) {
    self.tag = tag
    self.writeDay = day
    self.text = text
  }

  /// The words for a language tag such as `en-GB` or `zh-Hans`; English where there are none.
  package init(tag: String) { self = Self.matching(tag) ?? .english }

  /// The words of the tag's own language, by its primary subtag in any case.
  package static func matching(_ tag: String) -> Words? {
    let primary = tag.prefix { $0.isLetter }.lowercased()
    return all.first { $0.tag == primary }
  }

  /// The phrase in this language.
  package func callAsFunction(_ phrase: Phrase) -> String { text(phrase) }

  /// A day as people write it: `31 January 2016`, `2016年1月31日`.
  ///
  /// - Parameter month: 1 to 12.
  package func day(year: Int, month: Int, day: Int) -> String { writeDay(year, month, day) }
}
