extension Words {
  /// "a, b and c".
  package func list(_ items: [String]) -> String {
    guard items.count > 1, let last = items.last else { return items.first ?? "" }
    return items.dropLast().joined(separator: self(.listComma)) + self(.listEnd) + last
  }

  /// The text with a full stop at its end, unless it has one, of any language, or is empty.
  package func sentence(_ text: String) -> String {
    let isEnded = Self.all.contains { text.hasSuffix($0(.sentenceEnd)) }
    return text.isEmpty || isEnded ? text : text + self(.sentenceEnd)
  }

  /// Each text as a sentence, one after the other; empty ones are left out.
  package func sentences(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.map(sentence).joined(separator: self(.sentenceGap))
  }
}
