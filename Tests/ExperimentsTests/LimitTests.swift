import Diagnostics
import NeuralNetworks
import Synchronization
import Testing

@testable import Experiments

/// Limits of articles and builds, and resources shared by concurrent runs.
@Suite struct LimitTests {
  private func experiments(_ block: String) throws -> [Experiment] {
    let (experiments, diagnostics) = Article(block: block).read()
    #expect(diagnostics.isEmpty)
    return experiments.compactMap(\.self)
  }

  @Test func manyCheapBlocksAreBoundedTogether() async throws {
    let one = try experiments(
      "train: [dense 8, tanh, dense 1]\ndata: moons samples=100\nepochs: 5")
    let limit = 20 * one[0].cost.operations
    let settings = ExperimentSettings(articleLimit: limit)
    let many = Array(repeating: one[0], count: 21)
    let refused = await ExperimentRunner(settings: settings).run(many)
    #expect(refused.diagnostics.map(\.id) == ["nn.article-limit"])
    #expect(refused.results.allSatisfy { $0 == nil })
    let allowed = await ExperimentRunner(settings: settings).run(Array(many.prefix(20)))
    #expect(allowed.diagnostics.isEmpty)
  }

  @Test func numbersOfResultsAreBoundedTogether() async throws {
    let one = try experiments("plot: [cosine, step]\nepochs: 100000")
    let run = await ExperimentRunner().run(Array(repeating: one[0], count: 60))
    #expect(run.diagnostics.map(\.id) == ["nn.article-limit"])
    #expect(run.diagnostics.first?.message.contains("numbers of results") == true)
  }

  @Test func aBlocksOwnLimitIsBoundedByItsArticles() {
    func ids(_ limit: String) -> [Diagnostic.ID] {
      Article(block: "train: [dense 8, dense 1]\ndata: moons\nepochs: 1\nlimit: \(limit)")
        .read().diagnostics.map(\.id)
    }
    #expect(ids("1e12") == [])
    #expect(ids("1.1e12") == ["nn.limit-too-high"])
    #expect(ids("1e300") == ["nn.limit-too-high"])
  }

  private func queue(_ experiments: [Experiment], memory: Int) -> JobQueue {
    JobQueue(
      experiments, RunKeys(experiments, files: .none, engineVersion: "test"), memory: memory
    ) { _ in }
  }

  @Test func runsWaitUntilTheyFit() throws {
    let blocks = try experiments(
      "train: [dense $n, relu, dense 2]\ndata: noise samples=64\nvary: {n: [4000, 3000, 2000]}\nepochs: 1"
    )
    let bytes = blocks[0].plans.map(\.cost.engine.bytes.integer)
    let data = blocks[0].plans[0].cost.engine.dataBytes.integer
    // Memory for the first and the third.
    let jobs = queue(blocks, memory: bytes[0] + bytes[2] + data)
    let first = try #require(jobs.next())
    let second = try #require(jobs.next())
    #expect([first, second].map { Int(exactly: $0.bytes) } == [bytes[0], bytes[2]])
    #expect(jobs.next() == nil)
    jobs.finish(first, .canceled)
    let third = try #require(jobs.next())
    #expect(Int(exactly: third.bytes) == bytes[1])
    // A job that does not fit runs alone.
    let alone = queue(blocks, memory: 1)
    #expect(alone.next() != nil)
    #expect(alone.next() == nil)
  }

  @Test func memoryChangesTheOrderOfRunsAndNoResult() async throws {
    let blocks = try experiments(
      "train: [dense $n, relu, dense 2]\ndata: noise samples=64\nvary: {n: [40, 30, 20, 10]}\nepochs: 3"
    )
    let wide = await ExperimentRunner(jobs: 4).run(blocks)
    let narrow = await ExperimentRunner(settings: .init(memory: 1), jobs: 4).run(blocks)
    #expect(wide.results == narrow.results)
    #expect(wide.diagnostics == narrow.diagnostics)
    #expect(wide.results.compactMap(\.self).count == 1)
  }

  @Test func dataAreMadeOnceAndLetGo() async throws {
    let reads = Mutex(0)
    let table = Array("a,b,kind\n1,2,x\n3,4,y\n5,6,x\n7,8,y\n".utf8)
    let files = DataFiles { path in
      reads.withLock { $0 += 1 }
      return .success(table)
    }
    let term = try Registry.term(.dataset, "csv", ["path": .word("t.csv")])
    let key = DataKey(term, seed: 1)
    #expect(key == DataKey(term, seed: 2))
    let shelf = DataShelf([key: 3])
    let source = shelf.source(files)
    await withTaskGroup(of: Void.self) { group in
      for seed in 0..<3 { group.addTask { _ = try? source(term, UInt64(seed)) } }
    }
    #expect(reads.withLock(\.self) == 1)
    shelf.release([key])
    shelf.release([key])
    _ = try source(term, 1)
    #expect(reads.withLock(\.self) == 1)
    shelf.release([key])
    _ = try source(term, 1)
    #expect(reads.withLock(\.self) == 2)
  }

  @Test func setsThatAreDrawnDifferBySeed() throws {
    let moons = try Registry.term(.dataset, "moons")
    #expect(DataKey(moons, seed: 1) != DataKey(moons, seed: 2))
  }
}
