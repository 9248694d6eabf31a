import Diagnostics
import Experiments
import Storage
import Testing

@Suite struct CacheTests {
  private static let block = """
    train: [dense 4, tanh, dense 1]
    data: xor
    optimizer: sgd rate=0.1
    epochs: 5
    batch: 4
    test: 0
    """

  @Test(arguments: [
    block + "\ncaption: other words\nalt: words\n",
    block + "\nwidth: 400\nheight: 200\necho: true\n",
    block + "\nscale: log\nshow: [table, loss]\n",
    block + "\nexpect: loss < 100\n",
    "# a comment\n" + block + "\n\n# another\n",
    """
    train: [dense 4,   tanh, {repeat 1: []}, dense 1]
    data: xor
    """.replacing(", {repeat 1: []}", with: "")
      + "\nbatch: 4\ntest: 0.0\nepochs: 5\noptimizer: sgd rate=0.1 momentum=0\nseed: 1\n",
    "train:\n  - dense units=4\n  - tanh\n  - dense 1\n"
      + "epochs: 5\nbatch: 4\ntest: 0\noptimizer: sgd 0.1\ndata: xor\n",
  ]) func whatDoesNotChangeTheResultRunsNothing(changed: String) async {
    let folder = TemporaryFolder()
    let cache = Cache(folder: folder.path)
    let first = await Article(block: Self.block).run(cache: cache)
    #expect(first.results.count == 1)
    let files = folder.files()
    #expect(files.count == 1)
    let second = await Article("Other prose.\n\n```nn other\n\(changed)\n```\n").run(cache: cache)
    #expect(second.diagnostics.isEmpty)
    #expect(folder.files() == files)
    #expect(first.results.first?.outcome == second.results.first?.outcome)
  }

  @Test(arguments: [
    block.replacing("epochs: 5", with: "epochs: 6"),
    block.replacing("rate=0.1", with: "rate=0.2"),
    block.replacing("dense 4", with: "dense 5"),
    block.replacing("tanh", with: "relu"), block + "\nseed: 2\n", block + "\ninit: he_normal\n",
    block + "\nshow: [loss, gradients]\n", block + "\nclip: 1\n",
  ]) func whatChangesTheResultRunsAgain(changed: String) async {
    let folder = TemporaryFolder()
    let cache = Cache(folder: folder.path)
    _ = await Article(block: Self.block).run(cache: cache)
    let second = await Article(block: changed).run(cache: cache)
    #expect(second.diagnostics.isEmpty)
    #expect(folder.files().count == 2)
  }

  @Test func aChangedDataFileRunsWhatReadsItAndNothingElse() async {
    let folder = TemporaryFolder()
    let cache = Cache(folder: folder.path)
    let text = """
      ```nn a
      train: [dense 2]
      data: csv data/points.csv
      epochs: 2
      ```

      ```nn b
      \(Self.block)
      ```
      """
    func files(_ content: String) -> DataFiles {
      DataFiles {
        $0 == "data/points.csv" ? .success(Array(content.utf8)) : .failure(.notFound(path: $0))
      }
    }
    let rows = (0..<20).map { "\($0),\($0 % 3),\($0 % 2 == 0 ? "even" : "odd")" }
    let content = "x,y,class\n" + rows.joined(separator: "\n") + "\n"
    let first = await Article(text).run(cache: cache, files: files(content))
    #expect(first.diagnostics.isEmpty, "\(first.diagnostics)")
    #expect(folder.files().count == 2)
    _ = await Article(text).run(cache: cache, files: files(content))
    #expect(folder.files().count == 2)
    _ = await Article(text).run(cache: cache, files: files(content + "20,1,even\n"))
    #expect(folder.files().count == 3)
  }

  @Test func anotherEngineRunsEverything() async {
    let folder = TemporaryFolder()
    let cache = Cache(folder: folder.path)
    _ = await Article(block: Self.block).run(cache: cache, engineVersion: "one")
    _ = await Article(block: Self.block).run(cache: cache, engineVersion: "two")
    #expect(folder.files().count == 2)
    #expect(EngineVersion.digest.utf8.count == 32)
  }

  @Test func aDamagedEntryIsComputedAgain() async throws {
    let folder = TemporaryFolder()
    let cache = Cache(folder: folder.path)
    let first = await Article(block: Self.block).run(cache: cache)
    let file = try #require(folder.files().first)
    let whole = try FileSystem.read(folder.path + file)
    let damages: [[UInt8]] = [
      [], Array(whole.prefix(20)), Array(whole.dropLast(7)), whole + [0],
      whole.enumerated().map { $0.offset == whole.count / 2 ? $0.element ^ 1 : $0.element },
    ]
    for damaged in damages {
      try FileSystem.write(damaged, to: folder.path + file)
      let again = await Article(block: Self.block).run(cache: cache)
      #expect(again.results == first.results)
      #expect(try FileSystem.read(folder.path + file) == whole)
    }
  }

  @Test func aCacheThatCannotBeWrittenIsNoMistake() async throws {
    let folder = TemporaryFolder()
    try FileSystem.write([1], to: folder.path + "/experiments")
    let run = await Article(block: Self.block).run(cache: Cache(folder: folder.path))
    #expect(run.results.count == 1)
    #expect(run.diagnostics.isEmpty)
  }

  @Test func frozenTakesTheCommittedResultAndElseRefuses() async throws {
    let article = Article(block: Self.block)
    let result = try #require(await article.run().results.first)
    let experiments = article.read().experiments.compactMap(\.self)
    func frozen(_ committed: [UInt8]?, engine: String? = "test") -> ExperimentRunner {
      ExperimentRunner(
        isFrozen: true,
        committed: CommittedResults(
          engine: { engine }, file: { page, id in page == "page" && id == "it" ? committed : nil }),
        engineVersion: "test")
    }
    let taken = await frozen(result.json).run(experiments)
    #expect(taken.results == [result])
    let refused = await frozen(nil).run(experiments)
    #expect(refused.results == [nil])
    #expect(refused.diagnostics.map(\.id) == ["nn.frozen"])
    for engine in ["another", nil] {
      let other = await frozen(result.json, engine: engine).run(experiments)
      #expect(other.diagnostics.map(\.id) == ["nn.frozen"])
    }
    let changed = Article(block: Self.block.replacing("epochs: 5", with: "epochs: 6"))
    let stale = await frozen(result.json).run(changed.read().experiments.compactMap(\.self))
    #expect(stale.diagnostics.map(\.id) == ["nn.frozen"])
  }

  @Test func theCacheIsBounded() async {
    let folder = TemporaryFolder()
    let cache = Cache(folder: folder.path)
    for seed in 1...6 {
      _ = await Article(block: Self.block + "\nseed: \(seed)\n").run(cache: cache)
    }
    let usage = cache.usage()
    #expect(usage.map(\.namespace) == ["experiments"])
    #expect(usage.first?.files == 6)
    cache.trim(toBytes: (usage.first?.bytes ?? 0) / 2)
    #expect(folder.files().count < 4)
    #expect(folder.files().count > 0)
  }
}
