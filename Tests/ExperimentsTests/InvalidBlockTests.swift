import Diagnostics
import Experiments
import Storage
import TestSupport
import Testing

/// Each file of `Tests/Fixtures/nn-invalid` is an article with one kind of mistake; its golden is what
/// the build says.
@Suite struct InvalidBlockTests {
  static let folder = "nn-invalid"

  static let names: [String] = {
    let entries = (try? Disc.list(Repository.root + "/Tests/Fixtures/" + folder)) ?? []
    return entries.map(\.name).filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
  }()

  @Test(arguments: names) func eachKindOfMistakeIsToldAtItsPlace(name: String) throws {
    let path = "Tests/Fixtures/\(Self.folder)/\(name).md"
    let text = String(decoding: try Disc.read(Repository.root + "/" + path), as: UTF8.self)
    let article = Article(text, path: "\(name).md")
    #expect(!article.blocks.isEmpty)
    let (experiments, diagnostics) = article.read()
    #expect(diagnostics.contains { $0.severity == .error })
    #expect(
      experiments.contains { $0 == nil }
        || diagnostics.contains { $0.id.rawValue.hasSuffix("id") || $0.id == "nn.info" })
    try expectGolden(article.rendered(diagnostics), "\(Self.folder)/\(name).txt")
  }

  @Test func everyDiagnosticPointsIntoItsBlock() throws {
    for name in Self.names {
      let path = Repository.root + "/Tests/Fixtures/\(Self.folder)/\(name).md"
      let article = Article(String(decoding: try Disc.read(path), as: UTF8.self))
      for diagnostic in article.read().diagnostics {
        let range = try #require(diagnostic.range, "\(name): \(diagnostic.message)")
        #expect(range.upperBound <= article.file.bytes.count)
        #expect(!diagnostic.message.hasSuffix("."))
      }
    }
  }

  @Test func aMistakeInAVariableIsToldOnceAtItsValue() {
    let article = Article(
      block:
        "plot: $f\nvary: {f: [sigmoid, tanhh, relu]}\nexpect: greatest[f=relu, function=relu] > 0")
    let diagnostics = article.read().diagnostics
    #expect(diagnostics.count == 1)
    #expect(diagnostics.first.map { article.file.text($0.range!) } == "tanhh")
  }

  @Test func allMistakesOfABlockAreToldTogether() {
    let article = Article(
      block: """
        train: [dense 16, leakyrelu, dense 1]
        data: moon
        epochs: -3
        shows: [loss]
        show: [boundry]
        expect: accuracy > high
        """)
    let ids = article.read().diagnostics.map(\.id.rawValue)
    #expect(
      ids == [
        "nn.unknown-name", "nn.unknown-name", "nn.range", "nn.unknown-option", "nn.unknown-word",
      ])
  }
}
