import Diagnostics
import PositionedYAML
import Testing

struct PositionedYAMLTests {
  private static let limits = YAMLLimits(bytes: 10_000, values: 500, depth: 20)

  private func parse(_ yaml: String) throws(YAMLError) -> YAMLNode? {
    let file = SourceFile(path: "a", text: yaml)
    return try YAMLNode.parse(ExtractedText(0..<file.bytes.count, of: file), limits: Self.limits)
  }

  /// A node, with the text of its two ranges in the file.
  private func dump(_ node: YAMLNode, _ yaml: String) -> String {
    let file = SourceFile(path: "a", text: yaml)
    let place = "<\(file.text(node.range))|\(file.text(node.writtenRange))>"
    switch node.content {
    case .scalar(let text): return (node.isPlain ? "" : "'") + text.text + place
    case .list(let items):
      return "[" + items.map { dump($0, yaml) }.joined(separator: " ") + "]" + place
    case .mapping(let members):
      return "{"
        + members.map { dump($0.key, yaml) + "=" + dump($0.value, yaml) }.joined(separator: " ")
        + "}" + place
    }
  }

  private static let documents: [(yaml: String, expected: String)] = [
    ("a: b # c", "{a<a|a>=b<b|b>}<a: b|a: b>"),
    ("[a, b] # c", "[a<a|a> b<b|b>]<[a, b|[a, b]>"),
    ("[a,\n b, # ]\n]", "[a<a|a> b<b|b>]<[a,\n b|[a,\n b, # ]\n]>"),
    ("{a: 1, b: }", "{a<a|a>=1<1|1> b<b|b>=<|>}<{a: 1, b: |{a: 1, b: }>"),
    ("[]", "[]<[|[]>"), ("- a\n- - b\n", "[a<a|a> [b<b|b>]<- b|- b>]<- a\n- - b|- a\n- - b>"),
    ("'it''s'", "'it's<it''s|'it''s'>"), ("\"\"", "'<|\"\">"),
    (
      "\"é\\u00e9\\x41\\n\\U0001F600x\"",
      "'ééA\n😀x<é\\u00e9\\x41\\n\\U0001F600x|\"é\\u00e9\\x41\\n\\U0001F600x\">"
    ),
    ("\"a\\\n  b\"", "'ab<a\\\n  b|\"a\\\n  b\">"),
    ("a\n  b", "a b<a\n  b|a\n  b>"), ("|\n  a\n  b", "'a\nb<a\n  b||\n  a\n  b>"),
    (
      "- &x a\n- *x\n- !!str b",
      "[a<a|&x a> a<a|&x a> b<b|!!str b>]<- &x a\n- *x\n- !!str b|- &x a\n- *x\n- !!str b>"
    ),
    ("[&x a, *x]", "[a<a|&x a> a<a|&x a>]<[&x a|[&x a, *x]>"),
    ("&y [a]", "[a<a|a>]<&y [a|&y [a]>"), ("[a]: b", "{[a<a|a>]<[a|[a]>=b<b|b>}<[a]: b|[a]: b>"),
    (
      "é: [ü,\u{2028}ö]",
      "{é<é|é>=[ü<ü|ü> \u{2003}ö<\u{2028}ö|\u{2028}ö>]<[ü,\u{2028}ö|[ü,\u{2028}ö]>}<é: [ü,\u{2028}ö|é: [ü,\u{2028}ö]>"
    ),
  ]

  @Test(arguments: documents)
  func everyValueKnowsWhereItEnds(yaml: String, expected: String) throws {
    let node = try #require(try parse(yaml))
    #expect(dump(node, yaml) == expected)
  }

  /// Every byte of a value, in each style of scalar, maps to its byte in the file.
  @Test func bytesOfAValueKnowTheirPlaces() throws {
    let yaml = "- 'a''b'\n- \"a\\tb\"\n- >\n  a\n  b\n"
    guard case .list(let items)? = try parse(yaml)?.content else {
      Issue.record("not a list")
      return
    }
    let places = items.compactMap { item -> [Int]? in
      guard case .scalar(let text) = item.content else { return nil }
      return text.bytes.indices.map { text.fileOffset(of: $0) }
    }
    #expect(places == [[3, 4, 6], [12, 13, 15], [24, 25, 28, 29]])
  }

  @Test(arguments: ["", "# a\n", "---\n"]) func nothingIsNoValue(yaml: String) throws {
    let node = try parse(yaml)
    #expect(node == nil || node?.range.isEmpty == true)
  }

  private static let refusals: [(yaml: String, error: YAMLError)] = [
    (
      "a: b: c",
      .syntax(problem: "mapping values are not allowed in this context", context: nil, at: 4)
    ),
    (
      "é: 'a",
      .syntax(
        problem: "found unexpected end of stream", context: "while scanning a quoted scalar", at: 6)
    ),
    ("ü: 1\nb: 2\nü: 3", .repeatedKeys(["ü"], at: 0)),
    (String(repeating: "x", count: 10_001), .tooManyBytes),
    (String(repeating: "[", count: 21), .tooDeep(at: 20)),
    (String(repeating: "- ", count: 21), .tooDeep(at: 41)),
    (String(repeating: "- b\n", count: 500), .tooManyValues),
    (String(repeating: "- &a b\n", count: 17), .tooManyAliases(at: 16 * 7 + 2)),
  ]

  @Test(arguments: refusals)
  func whatIsNotAcceptedIsReportedAtItsPlace(yaml: String, error: YAMLError) {
    #expect(throws: error) { () throws in _ = try parse(yaml) }
  }

  @Test func aliasesCountAsWhatTheyStandFor() {
    let yaml =
      "- &a0 [x, x]\n" + (1...7).map { "- &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined()
    #expect(throws: YAMLError.self) { () throws in _ = try parse(yaml) }
  }

  @Test(arguments: [
    ("a: &b c\nd: *b", 2), ("a: [&b c, *b]", 2), ("a: R&D *x*", 0), ("a: '&b'\nb: x *y", 0),
    ("- &1 x\n- *1\n-  *1", 3), ("? *a : *b", 2), ("{*a: *b, &c d: e}", 3), ("a: & b\nc: * d", 0),
  ])
  func anchorsAndAliasesAreCounted(yaml: String, count: Int) {
    let bytes = Array((yaml + "\n").utf8)
    let repeated = Array(repeating: bytes, count: 1 + YAMLAliases.limit).flatMap { $0 }
    let excess = YAMLAliases.excess(in: repeated)
    #expect((excess != nil) == (count > 0))
    if let excess, count > 0 { #expect(excess / bytes.count == YAMLAliases.limit / count) }
  }
}
