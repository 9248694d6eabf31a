import Diagnostics
import Experiments
import Storage
import TestSupport
import Testing

/// Each file of `Tests/Fixtures/nn-invalid` is an article with one kind of error; its golden file
/// is the diagnostics of a build.
@Suite struct InvalidBlockTests {
  static let folder = "nn-invalid"

  static let names: [String] = {
    let entries = (try? FileSystem.list(Repository.root + "/Tests/Fixtures/" + folder)) ?? []
    return entries.map(\.name).filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }
  }()

  @Test(arguments: names) func eachKindOfMistakeIsToldAtItsPlace(name: String) async throws {
    let article = try Self.article(name)
    #expect(!article.blocks.isEmpty)
    let diagnostics = await Self.diagnostics(of: article, name)
    #expect(diagnostics.contains { $0.severity == .error })
    try expectGolden(article.rendered(diagnostics), "\(Self.folder)/\(name).txt")
  }

  static func article(_ name: String) throws -> Article {
    let path = Repository.root + "/Tests/Fixtures/\(folder)/\(name).md"
    return Article(String(decoding: try FileSystem.read(path), as: UTF8.self), path: "\(name).md")
  }

  /// The diagnostics of a build: of the blocks, of their runs if all blocks are valid, of inline
  /// values.
  private static func diagnostics(of article: Article, _ name: String) async -> [Diagnostic] {
    var (experiments, diagnostics) = article.read()
    let ids = ExperimentParser().ids(of: article.blocks)
    var results: [ExperimentResult] = []
    if diagnostics.isEmpty || !article.inlineValues.isEmpty {
      let runner = ExperimentRunner(
        settings: ExperimentSettings(
          articleLimit: name == "article-limit" ? 1e5 : 1e12,
          buildLimit: name == "build-limit" ? 1e5 : 1e13),
        files: Article.files, isFrozen: name == "frozen", engineVersion: "test")
      let run = await runner.run(experiments.compactMap(\.self))
      results = run.results.compactMap(\.self)
      diagnostics += run.diagnostics
    }
    let refused = Set(zip(ids, experiments).filter { $0.1 == nil }.map(\.0))
    let index = ResultIndex(results, refused: ["page": refused])
    for code in article.inlineValues {
      do throws(Diagnostic) {
        _ = try index.text(of: InlineValue(code, in: article.file), on: "page")
      } catch {
        diagnostics.append(error)
      }
    }
    return diagnostics.sorted()
  }

  /// A user's site has no copy of the data sets of sitegen's own site.
  @Test func whereTheBundledSetsAreToBeHadIsSaid() {
    for name in ["iris", "digits"] {
      let article = Article(block: "check: [dense 3]\ndata: \(name)")
      let mistakes = article.read(files: .none).diagnostics
      #expect(mistakes.map(\.message) == ["there is no data file `data/\(name).csv`"])
      #expect(mistakes.first?.hint?.hasPrefix("copy it from `content/data` of sitegen's") == true)
    }
  }

  /// Every kind of error needs a fixture, so that its message has been reviewed.
  @Test func everyKindOfMistakeHasAFixture() throws {
    func read(_ folder: String) throws -> [String] {
      try FileSystem.list(folder).flatMap { entry -> [String] in
        let path = folder + "/" + entry.name
        return entry.kind == .folder
          ? try read(path) : [String(decoding: try FileSystem.read(path), as: UTF8.self)]
      }
    }
    let sources = try read(Repository.root + "/Sources/Experiments")
    let wanted = Set(sources.flatMap { $0.matches(of: /"(nn\.[a-z-]+)"/).map { String($0.1) } })
    let shown = try Self.names.reduce(into: Set<String>()) { shown, name in
      let path = Repository.root + "/Tests/Fixtures/\(Self.folder)/\(name).txt"
      let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
      shown.formUnion(text.matches(of: /\[(nn\.[a-z-]+)\]/).map { String($0.1) })
    }
    #expect(wanted.count > 30)
    // A canceled run reports nothing; `--set` and `--weights` have tests of their own.
    #expect(wanted.subtracting(shown).sorted() == ["nn.cancelled", "nn.no-weights", "nn.set"])
  }

  @Test func everyDiagnosticPointsIntoItsBlock() throws {
    for name in Self.names {
      let path = Repository.root + "/Tests/Fixtures/\(Self.folder)/\(name).md"
      let article = Article(String(decoding: try FileSystem.read(path), as: UTF8.self))
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
        "nn.unknown-metric",
      ])
  }
}
