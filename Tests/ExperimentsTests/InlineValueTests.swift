import Diagnostics
import Experiments
import Testing

@Suite struct InlineValueTests {
  private static let article = """
    ```nn product
    graph: (x + y) * z
    at: {x: -2, y: 5, z: -4}
    ```

    ```nn share
    graph: a * $b
    at: {a: 0.98765, b: 1}
    vary: {b: [1, 2]}
    ```
    """

  private static func text(
    _ code: String, page: String = "page", on other: String = "page"
  ) async throws(Diagnostic) -> String {
    let text = article.replacing("a * $b", with: "a * 1 * $b").replacing(", b: 1", with: "")
    let results = await Article(text).run(page: page).results
    let file = SourceFile(path: "other.md", text: code)
    let value = try InlineValue(ExtractedText(0..<file.bytes.count, of: file), in: file)
    return try ResultIndex(results).text(of: value, on: other) ?? "nothing"
  }

  @Test func ofAMistakenBlockNothingMoreIsSaid() throws {
    let file = SourceFile(path: "other.md", text: "nn broken.value")
    let value = try InlineValue(ExtractedText(0..<file.bytes.count, of: file), in: file)
    let index = ResultIndex([], refused: ["page": ["broken"]])
    #expect(try index.text(of: value, on: "page") == nil)
    #expect(throws: Diagnostic.self) { try index.text(of: value, on: "elsewhere") }
  }

  @Test(arguments: [
    ("nn product.value", "−12"), ("nn product.value %.2f", "−12.00"),
    ("nn product.value %d", "−12"),
    ("nn product.gradient[of=z] %.1e", "3.0×10⁰"), ("nn page#product.value", "−12"),
    ("nn share.value[b=1] %.1f%%", "98.8%"), ("nn share.value[b=2.0] %.3g", "1.98"),
    ("nn  share.value[ b = 1 ]  %.3f", "0.988"),
  ]) func isReplaced(code: String, text: String) async throws {
    #expect(try await Self.text(code) == text)
  }

  @Test(arguments: [
    ("nn prodct.value", "no block with a result has the id `prodct`", "prodct"),
    ("nn product.valu", "`graph` gives no result `valu`", "valu"),
    ("nn product", "an inline value names a block and one of its results", "nn product"),
    ("nn pgae#product.value", "no page with results is named `pgae`", "pgae"),
    ("nn product.value %x", "`%x` is not a format of numbers", "%x"),
    ("nn product.gradient", "`gradient` needs a `of`", "gradient"),
    ("nn product.gradient[of=w]", "there is no `gradient[of=w]`", "gradient"),
    ("nn share.value", "`value` is of several runs: `b` has 2 values", "value"),
    ("nn product.value + 1", "an inline value is one result, without arithmetic", "value + 1"),
  ]) func orSaysWhatIsMissing(code: String, message: String, place: String) async throws {
    do throws(Diagnostic) {
      let text = try await Self.text(code)
      Issue.record("\(code) gave \(text)")
    } catch {
      #expect(error.message == message)
      let file = SourceFile(path: "other.md", text: code)
      #expect(file.text(error.range ?? 0..<0) == place)
    }
  }
}
