import Diagnostics
import Experiments
import NeuralNetworks
import Storage
import TestSupport
import Testing

/// The reference in `content/guide/nn-blocks.md` shows every entry of the registry, each with its
/// live result.
@Suite struct ReferenceTests {
  private static let page = "content/guide/nn-blocks.md"
  private static let article = Article(
    String(decoding: (try? FileSystem.read(Repository.root + "/" + page)) ?? [], as: UTF8.self),
    path: page)

  /// The verb, the keys and the text of each block.
  private static let blocks: [(verb: String, keys: Set<String>, text: String)] = article.blocks.map
  {
    let text = $0.body.text
    let keys = text.split(separator: "\n").compactMap { line in
      line.prefixMatch(of: /([a-z_]+):/).map { String($0.1) }
    }
    return (keys.first ?? "", Set(keys), text)
  }

  @Test func thereIsABlockForEveryVerb() {
    let shown = Set(Self.blocks.map(\.verb))
    #expect(Verb.allCases.map(\.rawValue).filter { !shown.contains($0) } == [])
  }

  @Test func everyOptionStandsInABlock() {
    let missing = BlockOption.all.filter { option in
      !Self.blocks.contains { block in
        block.keys.contains(option.name) && option.verbs.contains { $0.rawValue == block.verb }
      }
    }
    #expect(missing.map(\.name) == [])
  }

  @Test func everyWordOfAChoiceStandsInABlock() {
    for option in BlockOption.all {
      guard case .word(let words) = option.type else { continue }
      for word in words where word != option.defaultText && word != "false" {
        #expect(
          Self.blocks.contains { $0.text.contains("\(option.name): \(word)") },
          "\(option.name): \(word)")
      }
    }
  }

  @Test func everyWordOfShowStandsInABlock() {
    for verb in Verb.allCases {
      for show in Show.words(for: verb) {
        let isShown = Self.blocks.contains { block in
          block.verb == verb.rawValue
            && block.text.split(separator: "\n").contains {
              $0.hasPrefix("show:")
                && $0.split { !$0.isLetter }.contains { $0 == show.rawValue }
            }
        }
        #expect(isShown, "\(verb.rawValue) \(show.rawValue)")
      }
    }
  }

  @Test(arguments: [
    "{repeat ", "{residual: ", "{branches: ", "{branches add: ", "{freeze: ", "slider: epoch",
    "init=", "vary:", " within ", " ~ ", "±", "expect:\n  - ",
  ]) func everyFormStandsInABlock(form: String) {
    #expect(Self.blocks.contains { $0.text.contains(form) })
  }

  /// Every kind of term has a list on the page, and the lists are generated from the registry.
  @Test func everyListIsOnThePage() {
    let words = [
      "activations", "initializers", "layers", "losses", "optimizers", "schedules", "data",
      "pretraining", "stopping", "structures", "verbs", "options", "metrics", "functions",
    ]
    let lists = Set(
      Self.blocks.filter { $0.verb == "list" }.flatMap { $0.text.split { !$0.isLetter } })
    #expect(words.filter { !lists.contains($0[...]) } == [])
  }

  @Test func everyBlockOfThePageIsRight() {
    let (experiments, diagnostics) = Self.article.read(page: "guide/nn-blocks")
    #expect(diagnostics.isEmpty, "\(Self.article.rendered(diagnostics))")
    #expect(experiments.count > 25)
  }
}
