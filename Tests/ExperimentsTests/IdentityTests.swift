import Experiments
import JSON
import Testing

/// The same block gives the same bits, however it is run.
@Suite struct IdentityTests {
  private static func block(_ act: String, _ width: String) -> String {
    """
    train: [dense \(width), \(act), dense 1]
    data: moons samples=60 noise=0.1
    epochs: 4
    show: [loss, boundary, gradients]
    """
  }

  private static let sweep =
    block("$act", "$w") + "\nvary: {act: [relu, tanh], w: [3, 5]}\n"

  @Test func aloneAndInAPageAndOnManyThreads() async throws {
    let alone = await Article(block: Self.block("relu", "5")).run(jobs: 1)
    let expected = try #require(alone.results.first).json
    let page = """
      ```nn first
      \(Self.block("tanh", "3"))
      ```

      ```nn it
      \(Self.block("relu", "5"))
      ```

      ```nn last
      \(Self.sweep)
      ```
      """
    for jobs in [1, 2, 4] {
      let results = await Article(page).run(jobs: jobs).results
      #expect(results.count == 3)
      #expect(results[1].json == expected)
    }
  }

  @Test func inASweep() async throws {
    let alone = try #require(await Article(block: Self.block("relu", "5")).run().results.first)
    let sweep = try #require(await Article(block: Self.sweep).run().results.first)
    // act=relu, w=5 is the second of four runs.
    #expect(sweep.outcome.runs.count == 4)
    #expect(sweep.outcome.runs[1] == alone.outcome.runs[0])
  }

  @Test func aResultFileHoldsAllThatWasComputed() async throws {
    let result = try #require(await Article(block: Self.sweep).run().results.first)
    let json = try #require(JSON(result.json))
    let runs = try #require(json["runs"]?.items).map { Run(json: $0) }
    #expect(runs == result.outcome.runs.map { $0 })
    #expect(json.bytes == result.json)
  }

  @Test func aRunAmongRepeatsIsTheRunOfItsSeed() async throws {
    let repeated = await Article(block: Self.block("relu", "5") + "\nrepeats: 3\n").run()
    let third = await Article(block: Self.block("relu", "5") + "\nseed: 3\n").run()
    #expect(repeated.results[0].outcome.runs[2] == third.results[0].outcome.runs[0])
  }
}
