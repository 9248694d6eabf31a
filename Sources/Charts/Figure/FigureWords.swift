/// What a figure says by itself, in the language of its page.
package struct FigureWords: Sendable {
  enum Language: Sendable { case english, chinese }

  let language: Language

  static let english = FigureWords(language: .english)
  static let chinese = FigureWords(language: .chinese)

  /// - Parameter tag: A language tag such as `en-GB` or `zh-Hans`; English for all but Chinese.
  init(tag: String) {
    self.init(language: tag.lowercased().hasPrefix("zh") ? .chinese : .english)
  }

  private init(language: Language) { self.language = language }

  func callAsFunction(_ english: String, _ chinese: String) -> String {
    language == .chinese ? chinese : english
  }

  var data: String { self("Data", "数据") }
  var file: String { self("all of it as CSV", "完整数据（CSV）") }
  var result: String { self("the whole result as JSON", "完整结果（JSON）") }
  var play: String { self("Play", "播放") }
  var noData: String { self("no data", "没有数据") }
  var comma: String { self(", ", "，") }
  var stop: String { self(". ", "。") }
  var semicolon: String { self("; ", "；") }

  /// "a, b and c".
  func list(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: self(", ", "、")) + self(" and ", "和") + last
  }

  /// The text with a stop at its end.
  func sentence(_ text: String) -> String {
    text.isEmpty || text.hasSuffix(".") || text.hasSuffix("。") ? text : text + self(".", "。")
  }

  func sentences(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.map(sentence).joined(separator: self(" ", ""))
  }

  /// What is drawn over what.
  func over(_ y: String, _ x: String) -> String {
    let (y, x) = (Label(y).plain, Label(x).plain)
    return y.isEmpty || x.isEmpty ? y + x : self("\(y) over \(x)", "\(y)随\(x)的变化")
  }

  /// What the place is called where values are read.
  func values(_ title: String) -> String {
    let values = self("Values", "数值")
    return title.isEmpty ? values : values + self(": ", "：") + title
  }

  /// What is said of numbers that no picture can hold; nothing where there are none.
  func notFinite(_ count: Int) -> String {
    guard count > 0 else { return "" }
    return count == 1
      ? self("one number is not finite and not drawn", "1 个数不是有限数，没有画出")
      : self("\(count) numbers are not finite and not drawn", "\(count) 个数不是有限数，没有画出")
  }

  /// What is said of points with a number that no picture can hold.
  func lostPoints(_ count: Int) -> String {
    count == 1
      ? self("one point is not finite and not drawn", "1 个点不是有限数，没有画出")
      : self("\(count) points are not finite and not drawn", "\(count) 个点不是有限数，没有画出")
  }

  func shownEvery(_ shown: Int, of total: Int) -> String {
    self("\(shown) of \(total) rows", "共 \(total) 行，显示 \(shown) 行")
  }
}
