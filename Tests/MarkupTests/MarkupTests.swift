import Markup
import Testing

struct MarkupTests {
  @Test func attributesAndTextAreEscaped() {
    var writer = MarkupWriter()
    writer.element("p", ["title": "a\"b", "id": nil, "hidden": ""], text: "1 < 2 & 3")
    #expect(writer.string == "<p title=\"a&quot;b\" hidden=\"\">1 &lt; 2 &amp; 3</p>")
  }
}
