import Diagnostics

/// Parses the info string of a code block: a language, then attributes in braces.
struct FenceInfoReader {
  static let attributes = ["title", "lines", "highlight", "numbers", "file", "caption"]

  let file: SourceFile
  let bytes: [UInt8]
  let options: MarkdownOptions
  private(set) var diagnostics: [Diagnostic] = []

  init(file: SourceFile, bytes: [UInt8], options: MarkdownOptions) {
    self.file = file
    self.bytes = bytes
    self.options = options
  }

  /// - Parameters:
  ///   - text: The info string, with backslashes and entities resolved.
  ///   - range: Its range in the file.
  mutating func read(_ text: [UInt8], _ range: Range<Int>) -> FenceInfo {
    var info = FenceInfo()
    info.text = text.string(0..<text.count)
    info.range = range
    var end = 0
    while end < text.count, !isWhitespace(text[end]), !startsAttributes(text, end) { end += 1 }
    info.language = text.string(0..<end)
    if options.experiments, info.language == "nn" {
      readExperiment(text, end, &info)
    } else if options.fenceAttributes {
      readAttributes(text, end, &info)
    }
    return info
  }

  private func startsAttributes(_ text: [UInt8], _ at: Int) -> Bool {
    options.fenceAttributes && text[at] == UInt8(ascii: "{")
  }

  private mutating func readExperiment(_ text: [UInt8], _ start: Int, _ info: inout FenceInfo) {
    var at = start
    while at < text.count, isWhitespace(text[at]) { at += 1 }
    guard at < text.count else {
      info.experiment = FenceInfo.Experiment()
      return
    }
    var end = at
    while end < text.count, !isWhitespace(text[end]) { end += 1 }
    let id = text.string(at..<end)
    let isValid = text[at..<end].allSatisfy {
      $0 &- 0x61 < 26 || isDigit($0) || $0 == UInt8(ascii: "-")
    }
    let place = range(info, at..<end, text)
    if !isValid { diagnostics.append(.badExperimentID(id, place, file)) }
    info.experiment = FenceInfo.Experiment(id: isValid ? id : nil, idRange: place)
  }

  /// The range in the file of a part of the info string; the whole string's if resolving changed
  /// its length.
  private func range(_ info: FenceInfo, _ part: Range<Int>, _ text: [UInt8]) -> Range<Int> {
    guard text.count == info.range.count else { return info.range }
    return info.range.lowerBound + part.lowerBound..<info.range.lowerBound + part.upperBound
  }

  private mutating func readAttributes(_ text: [UInt8], _ start: Int, _ info: inout FenceInfo) {
    var at = start
    while at < text.count, isWhitespace(text[at]) { at += 1 }
    guard at < text.count, text[at] == UInt8(ascii: "{") else { return }
    let place = range(info, at..<text.count, text)
    // Jekyll's notes also use `{1,3}` for lines to mark.
    guard let close = AttributeListParser.close(in: text, from: at + 1, end: text.count) else {
      diagnostics.append(.badFenceAttributes(place, file))
      return
    }
    let inside = at + 1..<close
    if let first = text[inside].first, isDigit(first) {
      let value = text.string(inside)
      info.highlightedLines = lines(value, place)
      return
    }
    let found = AttributeListParser.attributes(in: text, inside, html: options.html)
    if let mistake = found.mistake {
      diagnostics.append(.badFenceAttributes(range(info, mistake, text), file))
    }
    for refused in found.refused {
      diagnostics.append(.refusedAttribute(range(info, refused, text), file))
    }
    info.attributes = found.list
    for name in found.list.references.map(\.name) {
      if name == "numbers" {
        info.firstLineNumber = 1
      } else {
        diagnostics.append(.unknownFenceAttribute(name, place, Self.attributes, file))
      }
    }
    info.attributes.references = []
    if info.language.isEmpty, let name = found.list.classes.first { info.language = name }
    for pair in found.list.pairs where !Self.attributes.contains(pair.name) {
      guard !pair.name.hasPrefix("data-") else { continue }
      diagnostics.append(.unknownFenceAttribute(pair.name, place, Self.attributes, file))
    }
    readKnown(&info, place)
  }

  /// The maximum of the first line number in `numbers=`.
  private static let greatestLineNumber = 1_000_000_000

  private mutating func readKnown(_ info: inout FenceInfo, _ place: Range<Int>) {
    info.title = info.attributes["title"]
    if let numbers = info.attributes["numbers"], numbers != "false" {
      info.firstLineNumber = 1
      if let first = Int(numbers), (0...Self.greatestLineNumber).contains(first) {
        info.firstLineNumber = first
      } else if numbers != "true" {
        diagnostics.append(.badFirstLine(numbers, place, file))
      }
    }
    if let value = info.attributes["highlight"] { info.highlightedLines = lines(value, place) }
    guard let path = info.attributes["file"] else {
      if let value = info.attributes["lines"] { info.highlightedLines = lines(value, place) }
      return
    }
    guard let below = Self.below(path) else {
      diagnostics.append(.includeOutside(path, place, file))
      return
    }
    var include = FileInclude(path: below, lines: nil, range: place)
    if let value = info.attributes["lines"] {
      let ranges = lines(value, place)
      if let first = ranges.first, let last = ranges.last {
        include.lines = first.lowerBound...max(first.lowerBound, last.upperBound)
      }
    }
    info.include = include
  }

  /// Parses line numbers and ranges such as `2,4-6`.
  private mutating func lines(_ value: String, _ place: Range<Int>) -> [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    for part in value.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map {
        Int($0.filter { $0 != " " })
      }
      guard ends.count <= 2, let first = ends[0], first >= 1,
        let last = ends.count == 2 ? ends[1] : first, last >= first
      else {
        diagnostics.append(.badLines(value, place, file))
        return []
      }
      ranges.append(first...last)
    }
    return ranges
  }

  /// A path from the site's root without `.` and `..`; `nil` if it leads outside.
  static func below(_ path: String) -> String? {
    guard !path.contains("\\"), !path.contains("\0"), !path.contains(":") else { return nil }
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: true) {
      if part == ".." {
        guard parts.popLast() != nil else { return nil }
      } else if part != "." {
        parts.append(part)
      }
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}
