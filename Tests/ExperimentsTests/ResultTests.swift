import Experiments
import Testing

@Suite struct ResultTests {
  @Test(arguments: [
    "null", "true", "[]", "{}", "[1,2.5,-3e-07,1e+30]", "[null,1e999,-1e999]", "\"a\\\"\\\\\\n\"",
    "{\"a\": 1, \"b\": {\"c\": [1,2], \"d\": \"深度\"}}",
  ]) func jsonReadsBackToTheSameBytes(text: String) throws {
    let value = try #require(JSON(Array(text.utf8)))
    #expect(JSON(value.bytes).map(\.bytes) == value.bytes)
  }

  @Test func jsonNumbersAreExact() throws {
    var random = SplitMix(state: 7)
    for _ in 0..<5000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      #expect(JSON(JSON.number(value).bytes)?.number == value)
      let short = Double(Int64(truncatingIfNeeded: random.next()) % 100_000) / 1000
      #expect(JSON(JSON.number(short).bytes)?.number == short)
    }
  }

  @Test(arguments: ["", "{", "[1,", "tru", "\"\\ud800\"", "01x", "[1 2]", "{\"a\" 1}", "nul"])
  func whatIsNoJSONIsRefused(text: String) { #expect(JSON(Array(text.utf8)) == nil) }

  @Test func jsonNestedWithoutEndIsRefused() {
    #expect(JSON([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) == nil)
  }

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
