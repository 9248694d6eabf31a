import Experiments
import Testing

@Suite struct ResultTests {
  @Test func aTableOfManyRunsHasTheirVariables() async throws {
    let article = Article(
      block: """
        train: [dense 2, $act, dense 1]
        data: xor
        test: 0
        vary: {act: ["leaky_relu slope=0.1", tanh]}
        repeats: 2
        epochs: 1
        """)
    let result = try #require(await article.run().results.first)
    let lines = String(decoding: result.csv, as: UTF8.self).split(separator: "\r\n")
    #expect(lines.first == "act,seed,epoch,step,train.loss,train.accuracy,rate")
    #expect(lines.count == 1 + 4 * 2)
    #expect(lines[1].hasPrefix("leaky_relu slope=0.1,1,0,0,"))
  }

  @Test func whatMovedBetweenTwoResultsIsNamed() async throws {
    func file(_ z: Int) async throws -> [UInt8] {
      let block = "graph: (x + y) * z\nat: {x: 1, y: 2, z: \(z)}\n"
      return try #require(await Article(block: block).run().results.first).json
    }
    let comparison = ResultComparison(
      before: ["page/a": try await file(3), "page/gone": try await file(1)],
      after: ["page/a": try await file(4), "page/b": try await file(1)])
    let moved = comparison.changes.filter { $0.result == "page/a" }
    #expect(moved.map(\.metric) == ["value", "gradient[of=x]", "gradient[of=y]"])
    #expect(moved.first?.before == 9)
    #expect(moved.first?.after == 12)
    #expect(comparison.changes.contains { $0.result == "page/b" && $0.before == nil })
    #expect(comparison.changes.contains { $0.result == "page/gone" && $0.after == nil })
    let same = try await file(3)
    #expect(ResultComparison(before: ["a": same], after: ["a": same]).changes.isEmpty)
  }
}
