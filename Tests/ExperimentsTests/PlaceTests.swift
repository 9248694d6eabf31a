import Diagnostics
import Experiments
import Testing

/// An error's range is within its block, at the word that it is about, however the block is
/// written.
@Suite struct PlaceTests {
  /// The underlined text, where each block's only error is the word `nope` or a substitute for it.
  @Test(
    arguments: [
      ("plot: nope", "nope"), ("plot: 'nope'", "nope"), ("plot: \"nope\"", "nope"),
      ("plot: [relu, nope]", "nope"), ("plot:\n  - relu\n  - nope\n", "nope"),
      // Separators at which neither YAML nor an editor ends a line.
      ("plot: relu\ncaption: a\u{85}b\nnope: 1", "nope"),
      ("plot: [\u{2028}, nope]", "\u{2028}"), ("\u{85}plot: relu", "\u{85}plot"),
      ("plot: \"relu \u{2029} nope\"", "\u{2029}"),
      // Escapes of two, four and eight digits, and ones that are longer in the value.
      ("plot: \"no\\x70e\"", "no\\x70e"),
      ("plot: \"\\x6e\\u006f\\U00000070e\"", "\\x6e\\u006f\\U00000070e"),
      ("plot: \"\\P\"", "\\"), ("plot: [relu, \"\\L\"]", "\\"), ("plot: \"\\\n  nope\"", "nope"),
      // Folded lines, with either line ending.
      ("train: dense 1\ndata: xor\n\n\n  >", ">"),
      ("train: dense 1\ndata: xor\r\n\r\n\r\n  >", ">"),
      ("plot: >\n  relu\n\n\n  nope\n", "nope"), ("plot: |\n  relu\r\n    nope\r\n", "nope"),
      ("plot: 'relu ''nope'''", "nope"), ("plot: \"relu\n\n  nope\"", "nope"),
      // Anchors and tags precede a value and are not part of it.
      ("plot: &a nope", "nope"), ("plot: !!str 'nope'", "nope"),
      ("plot: &a !!str \"nope\"", "nope"),
      ("plot: [&a nope, *a]", "nope"),
      ("\u{FEFF}plot: nope", "nope"), ("plot: [é, 深, nope]", "é"),
    ])
  func aMistakeIsUnderlined(block: String, place: String) throws {
    let file = SourceFile(path: "block", text: block)
    let (_, mistakes) = ExperimentParser().read(
      NNBlock(wholeOf: file, name: "b"), id: "b", page: "p", changes: [])
    let ranges = mistakes.compactMap(\.range)
    #expect(ranges.allSatisfy { $0.upperBound <= file.bytes.count }, "\(mistakes)")
    #expect(ranges.map(file.text).contains(place), "\(ranges.map(file.text)) \(mistakes)")
  }

  /// Text that cannot be parsed at all also has a range in the block.
  @Test(
    arguments: [
      "\u{85}train: 1", "\u{85}\ntrain: 1", "data: xor\n\n\n>", "data: xor\r\n\r\n\r\n  >",
      "\u{2028}\u{FFFD}", "\u{2028}?", "plot: \"\\P\\P\\P\\P\"", "\"\\P\\L\"",
      "plot: \"\\U0001F600\"",
      "? ", "?", ": ", "- ", "plot:\n- \"\\P\"", "&a", "&a \"\\P\"", "!!str", "plot: |+\n\n\n",
      "plot: >-\n", "plot: '\n\n\n'", "plot: \"\n\n\\P\"", "plot: \"\\N\\_\\N\\_\\N\\_\"", "",
      "\u{85}",
      "\u{FEFF}", "\u{FEFF}\u{2028}", "\r\r\r", "plot:\r\r\r  >", "plot: a\r\r\r  \u{85}",
    ])
  func placesAreWithinTheBlock(block: String) {
    let head = "# A\n\n```nn b\n"
    let whole = SourceFile(path: "block", text: block)
    let article = SourceFile(path: "a.md", text: head + block + "\n```\n\nMore.\n")
    let body = head.utf8.count..<head.utf8.count + block.utf8.count
    let blocks = [
      (NNBlock(wholeOf: whole, name: "b"), 0..<whole.bytes.count),
      (
        NNBlock(file: article, info: 8..<12, body: ExtractedText(body, of: article)),
        block.isEmpty ? 8..<12 : body
      ),
    ]
    for change in ["", "rate=", "rate=1", "x=\u{85}", "plot=\"\\P\"", "optimizer=\u{2028}"] {
      for (block, place) in blocks {
        let (experiment, mistakes) = ExperimentParser().read(
          block, id: "b", page: "p", changes: [BlockChange(change)].compactMap(\.self))
        #expect(experiment != nil || !mistakes.isEmpty)
        for mistake in mistakes {
          let range = mistake.range ?? place
          #expect(range.clamped(to: place) == range, "\(change.debugDescription): \(mistake)")
        }
      }
    }
  }

  /// A changed value is reported where the old one is, even if that is empty at the block's end.
  @Test(
    arguments: [
      ("train: dense 1\ndata: xor\noptimizer: sgd rate=", "rate=x"),
      ("train: dense 1\ndata: xor\noptimizer:", "rate=x"), ("train: dense 1\ndata:", "rate=x"),
      ("train: dense 1\ndata:", "data=\"\\P\""), ("train: dense 1\ndata: xor\nepochs:", "epochs=x"),
      ("train: dense 1\ndata: xor\n? epochs", "epochs=x"),
    ])
  func changesAreWithinTheBlock(block: String, change: String) throws {
    let file = SourceFile(path: "block", text: block)
    let (_, mistakes) = ExperimentParser().read(
      NNBlock(wholeOf: file, name: "b"), id: "b", page: "p",
      changes: [try #require(BlockChange(change))])
    #expect(!mistakes.isEmpty)
    for mistake in mistakes {
      #expect(mistake.range?.upperBound ?? 0 <= file.bytes.count, "\(mistake)")
    }
  }
}
