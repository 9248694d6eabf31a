import Diagnostics
import Experiments
import Testing

@Suite struct ClaimTests {
  /// (x + y)·z at −2, 5, −4: value −12, derivatives −4, −4, 3.
  private static func mistakes(_ claims: String) async -> [Diagnostic] {
    await Article(
      block: "graph: (x + y) * z\nat: {x: -2, y: 5, z: -4}\nexpect:\n\(claims)"
    ).run().diagnostics
  }

  @Test(arguments: [
    "value == -12", "value < -11.9", "value <= -12", "value != 12", "value >= -12", "value > -13",
    "-value == 12", "value within -13..-11", "value ~ -12.3 ± 5%", "value ~ -12.05 ± 0.1",
    "gradient[of=x] == gradient[of=y]", "gradient[of=z] == 3", "gradient[of=x] == -4",
    "2 * gradient[of=z] + 1 == 7", "value / gradient[of=z] == -4",
    "gradient[of=x] - gradient[of=z] == -7", "(value + 12) * 3 == 0", "1e-3 < 0.01", "value ≤ -12",
  ]) func holds(claim: String) async {
    #expect(await Self.mistakes("  - \(claim)").isEmpty)
  }

  @Test(arguments: [
    ("value > 0", "expected > 0, got -12, off by 12"),
    ("value == -11", "expected == -11, got -12, off by 1 (9.09%)"),
    ("value within -11..-10", "expected from -11 to -10, got -12, off by 1 (9.09%)"),
    ("value ~ -10 ± 5%", "expected -10 ± 5%, got -12, off by 2 (20%)"),
    ("value != -12", "expected != -12, got -12"),
    ("gradient[of=x] > gradient[of=z]", "expected > 3, the right side, got -4, off by 7 (233%)"),
    ("value / 0 * 0 < 1", "expected < 1, got nan"),
  ]) func doesNotHold(claim: String, said: String) async throws {
    let mistakes = await Self.mistakes("  - value < 0\n  - \(claim)")
    #expect(mistakes.map(\.id) == ["nn.claim-failed"])
    #expect(mistakes.first?.message == "the claim does not hold: " + said)
    let article = Article(
      block: "graph: (x + y) * z\nat: {x: -2, y: 5, z: -4}\nexpect:\n  - value < 0\n  - \(claim)")
    #expect(article.file.text(try #require(mistakes.first?.range)) == claim)
  }

  @Test func divergenceIsAResultAndNoMistake() async throws {
    let block = """
      train: [dense 8, relu, dense 1]
      data: linear samples=50
      optimizer: sgd rate=1000
      epochs: 30
      """
    let run = await Article(block: block).run()
    #expect(run.diagnostics.isEmpty)
    #expect(run.results.first?.outcome.runs.first?.metric("diverged") == 1)
    #expect(run.results.first?.figure(FigureContext()).contains("iverged in epoch") == true)
    let claimed = await Article(block: block + "\nexpect: diverged == 0\n").run()
    #expect(claimed.diagnostics.map(\.id) == ["nn.claim-failed"])
  }
}
