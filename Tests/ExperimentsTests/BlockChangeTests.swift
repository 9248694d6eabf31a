import Diagnostics
import Experiments
import JSON
import Testing

/// Changed values in a block, as given by `sitegen run --set`.
@Suite struct BlockChangeTests {
  private static let block = """
    train: [{repeat $depth: [dense 8, $act]}, dense 1]
    data: moons samples=60 noise=0.1
    vary: {depth: [1, 2], act: [tanh, "leaky_relu slope=0.1"]}
    optimizer: sgd momentum=0.5
    epochs: 3
    expect: loss[depth=2, act=tanh] < 100
    """

  private static func read(_ changes: String...) -> (Experiment?, [Diagnostic]) {
    let article = Article(block: block)
    return ExperimentParser().read(
      article.blocks[0], id: "it", page: "page", changes: changes.compactMap { BlockChange($0) })
  }

  private static func settings(_ changes: [String]) async throws -> [[String: String]] {
    let article = Article(block: block)
    let (experiment, diagnostics) = ExperimentParser().read(
      article.blocks[0], id: "it", page: "page", changes: changes.compactMap { BlockChange($0) })
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    let changed = try #require(experiment)
    let results = await ExperimentRunner(jobs: 2).run([changed]).results
    let result = try #require(results.first ?? nil)
    let json = try #require(JSON(result.json))
    return try #require(json["runs"]?.items).map { run in
      Dictionary(
        uniqueKeysWithValues: (run["settings"]?.members ?? []).map {
          ($0.name, $0.value.string ?? "")
        })
    }
  }

  /// A change finds its option under either spelling, and the block keeps one of them.
  @Test(arguments: [("standardise", "standardize"), ("standardize", "standardise")])
  func anOptionUnderItsOtherSpelling(written: String, changed: String) throws {
    let article = Article(block: Self.block + "\n\(written): false")
    let (experiment, diagnostics) = ExperimentParser().read(
      article.blocks[0], id: "it", page: "page",
      changes: [try #require(BlockChange("\(changed)=true"))])
    #expect(diagnostics.isEmpty, "\(diagnostics)")
    #expect(experiment != nil)
  }

  @Test func anOptionAVariableAndAnArgument() async throws {
    let runs = try await Self.settings(["epochs=2", "depth=2", "noise=0.2", "batch=10"])
    #expect(runs.count == 2)
    for run in runs {
      #expect(run["epochs"] == "2")
      #expect(run["batch"] == "10")
      #expect(run["data"]?.contains("noise=0.2") == true)
      #expect(run["train"]?.hasPrefix("[{repeat 2: ") == true)
    }
  }

  @Test func aVariableTakesAListToo() async throws {
    #expect(try await Self.settings(["depth=[1, 3, 4]", "act=relu"]).count == 3)
  }

  @Test func anOptimizersArgumentThatIsNotGiven() async throws {
    let run = try #require(try await Self.settings(["rate=0.3", "depth=1", "act=relu"]).first)
    #expect(run["optimizer"]?.contains("rate=0.3") == true)
    #expect(run["optimizer"]?.contains("momentum=0.5") == true)
  }

  @Test func claimsAreAboutTheBlockAsItStands() {
    // The block's claim refers to depth 2, for which there is no longer a run.
    #expect(Self.read("depth=1").1.isEmpty)
    #expect(Self.read("depth=1", "expect=loss[act=tanh] < 0").1.isEmpty)
    #expect(Self.read("expect=los < 0").1.map(\.id) == ["nn.unknown-metric"])
  }

  @Test(arguments: [
    ("epoch=3", "nn.set", "nothing in the block is named `epoch`"),
    ("epochs=[", "nn.set", "`[` is not a value for `epochs`"),
    ("epochs=", "nn.set", "`` is not a value for `epochs`"),
    ("epochs=-3", "nn.range", "`epochs` must be from 1 to 1000000 epochs, not -3"),
    ("noise=much", "nn.argument", "`noise` must be a number, not `much`"),
    ("act=tanhh", "nn.unknown-name", "no layer or activation is named `tanhh`"),
  ]) func mistakesAreToldAtThePlaceThatIsChanged(
    change: String, id: String, message: String
  ) throws {
    let (experiment, diagnostics) = Self.read(change)
    #expect(experiment == nil)
    let diagnostic = try #require(diagnostics.first)
    #expect(diagnostic.id.rawValue == id)
    #expect(diagnostic.message == message)
    let file = Article(block: Self.block).file
    #expect(try #require(diagnostic.range).upperBound <= file.bytes.count)
  }

  @Test func aChangeHasAName() {
    #expect(BlockChange("=3") == nil)
    #expect(BlockChange("rate") == nil)
    #expect(BlockChange("expect=a == b")?.value == "a == b")
  }

  @Test func aFileIsABlock() async throws {
    let file = SourceFile(path: "depth.yml", text: "plot: [relu, tanhh]\n")
    let block = NNBlock(wholeOf: file, name: "depth")
    let (experiments, diagnostics) = ExperimentParser().read([block], page: "depth")
    #expect(experiments == [nil])
    let range = try #require(diagnostics.first?.range)
    #expect(file.text(range) == "tanhh")
    #expect(file.position(of: range.lowerBound).line == 1)
  }
}
