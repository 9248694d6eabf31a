extension Words {
  /// Joins items: "a, b and c".
  package func list(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: self(.listComma)) + self(.listEnd) + last
  }

  /// The text with a full stop at its end, unless it is empty or already ends with one of any
  /// language.
  package func sentence(_ text: String) -> String {
    let isEnded = Self.all.contains { text.hasSuffix($0(.sentenceEnd)) }
    return text.isEmpty || isEnded ? text : text + self(.sentenceEnd)
  }

  /// Joins texts as sentences; empty ones are left out.
  package func sentences(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.map(sentence).joined(separator: self(.sentenceGap))
  }
}
