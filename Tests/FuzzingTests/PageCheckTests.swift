import Diagnostics
import Testing

@testable import Fuzzing

/// The checks recognize the faults for which they exist.
@Suite struct PageCheckTests {
  @Test(
    arguments: [
      "<script>alert(1)</script>", "<script src=\"//evil.example/assets/x.js\"></script>",
      "<script src=\"assets/x.js\">alert(1)</script>", "<img src=x onerror=alert(1)>",
      "<p ONCLICK='x'>", "<a href=\"javascript:x\">", "<a href=\" \u{1}java\nscript:x\">",
      "<a href=\"&#106;avascript&colon;x\">", "<a href='JAVASCRIPT:x'>", "<a/href=vbscript:x>",
      "<img src=\"data:text/html,x\">", "<svg><a xlink:href=\"javascript:x\">", "<iframe>",
      "<object data=x>", "<base href=x>", "<p style=\"background:url(x)\">",
      "<meta http-equiv=refresh content=\"0; url=javascript:x\">", "<form action=javascript:x>",
      "<!-- x --><b onfocus=x>", "<title></title><b onfocus=x>", "<img alt='>' onload=x>",
    ])
  func whatWouldRunIsSeen(html: String) {
    #expect(!PageChecks.inert(MarkupScan(Array(html.utf8)), "a.html").isEmpty)
  }

  @Test(
    arguments: [
      "<p>a &lt;script> onclick=x</p>", "<script src=\"../../assets/theme.js\" defer></script>",
      "<a href=\"java/script:x\">", "<img alt=\"<script>\" src=\"a.png\">", "<!-- <script> -->",
      "<title><script></title>", "<meta http-equiv=refresh content=\"0; url=a/\">",
      "<td style=\"text-align:center\">",
    ])
  func whatIsTextIsLeftAlone(html: String) {
    #expect(PageChecks.inert(MarkupScan(Array(html.utf8)), "a.html") == [])
  }

  @Test(arguments: ["<p>", "</p>", "<p><b></p></b>", "a < b", "<p></p></p>", "<svg><path></svg>"])
  func elementsThatDoNotMatchAreSeen(html: String) {
    #expect(!PageChecks.balanced(MarkupScan(Array(html.utf8)), "a.html").isEmpty)
  }

  @Test(arguments: ["<p>a<br>b</p>", "<svg><path d=\"M0 0\"/></svg>", "<!doctype html><p></p>"])
  func elementsThatMatchAreNot(html: String) {
    #expect(PageChecks.balanced(MarkupScan(Array(html.utf8)), "a.html") == [])
  }

  @Test func numbersThatAreNoneAreSeenInDrawings() {
    for value in ["M0 nan", "-inf", "NaN"] {
      let scan = MarkupScan(Array("<path d=\"\(value)\"/>".utf8))
      #expect(!PageChecks.drawings(scan, "a").isEmpty)
    }
    #expect(PageChecks.drawings(MarkupScan(Array("<p title=\"nan\">".utf8)), "a") == [])
  }

  @Test func placesBehindTheFileAndControlsAreSeen() {
    let file = SourceFile(path: "a", text: "abc")
    let far = Diagnostic("x.y", path: "a", range: 2..<4, message: "m", hint: nil)
    #expect(PageChecks.diagnostics([far]) { _ in file } != [])
    let near = Diagnostic("x.y", path: "a", range: 2..<3, message: "m", hint: nil)
    #expect(PageChecks.diagnostics([near]) { _ in file } == [])
  }
}
