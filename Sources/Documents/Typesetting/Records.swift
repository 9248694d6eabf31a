import Markup

/// The cache format of a typeset or refused formula: a letter, then fields separated by NUL; only
/// the last field may contain one.
enum FormulaRecord {
  typealias Outcome = Result<TypesetFormula, FormulaError>

  static func encode(_ outcome: Outcome) -> [UInt8] {
    switch outcome {
    case .success(let formula):
      let kind = formula.isDisplay ? "D" : "I"
      return Array("\(kind)\(formula.html)".utf8)
    case .failure(let mistake):
      let range = mistake.range
      return Array(
        "M\(range.lowerBound)\0\(range.upperBound)\0\(mistake.hint ?? "")\0\(mistake.message)".utf8)
    }
  }

  static func decode(_ record: [UInt8]) -> Outcome? {
    guard let kind = record.first else { return nil }
    let rest = record.dropFirst()
    guard kind == UInt8(ascii: "M") else {
      return .success(
        TypesetFormula(
          html: String(decoding: rest, as: UTF8.self), isDisplay: kind == UInt8(ascii: "D")))
    }
    let fields = rest.split(separator: 0, maxSplits: 3, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard fields.count == 4, let start = Int(fields[0]), let end = Int(fields[1]), start <= end
    else { return nil }
    return .failure(
      FormulaError(
        range: start..<end, message: fields[3], hint: fields[2].isEmpty ? nil : fields[2]))
  }
}

/// The cache format of highlighted code: its language, a NUL and its HTML; empty if the language is
/// unknown.
enum CodeRecord {
  static func encode(_ code: HighlightedCode) -> [UInt8] {
    guard let language = code.language else { return [] }
    return Array("\(language)\0\(code.html)".utf8)
  }

  static func decode(_ record: [UInt8], _ text: String) -> HighlightedCode? {
    guard !record.isEmpty else {
      return HighlightedCode(html: escaped(text), language: nil, isLanguageKnown: false)
    }
    guard let end = record.firstIndex(of: 0) else { return nil }
    return HighlightedCode(
      html: String(decoding: record[(end + 1)...], as: UTF8.self),
      language: String(decoding: record[..<end], as: UTF8.self), isLanguageKnown: true)
  }
}
