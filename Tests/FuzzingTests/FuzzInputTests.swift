import Testing

@testable import Fuzzing

@Suite struct FuzzInputTests {
  @Test func whatIsKeptIsReadBack() throws {
    let input = FuzzInput([
      .init("content/a.md", "# A\n\nsitegen-fuzz x\n"), .init("a b%\n\u{0}中", []),
      .init("", [0, 255, 10]),
    ])
    let (target, read) = try #require(FuzzInput.read(input.kept(for: "site")))
    #expect(target == "site")
    #expect(read == input)
  }

  @Test(
    arguments: [
      "", "sitegen-fuzz", "sitegen-fuzz a\nb", "sitegen-fuzz a\nb 9\nx\n", "sitegen-fuzz a\nb -1\n",
      "sitegen-fuzz a\nb 9223372036854775807\nx\n", "sitegen-fuzz a\n%zz 0\n\n",
    ])
  func anythingElseIsRefused(text: String) {
    #expect(FuzzInput.read(Array(text.utf8)) == nil)
  }

  @Test func partsThatDoNotMatterAreLeftOut() {
    let input = FuzzInput([
      .init("a", "one\ntwo\nthree\nfour x five\nsix\n"), .init("b", "seven"),
    ])
    var minimizer = Minimizer(tries: 500) { $0.files.contains { $0.bytes.contains(120) } }
    #expect(minimizer.minimize(input) == FuzzInput([.init("a", "x")]))
    var impatient = Minimizer(tries: 3) { $0.files.contains { $0.bytes.contains(120) } }
    #expect(impatient.minimize(input).bytes.contains(120))
    #expect(impatient.triesLeft == 0)
  }
}
