import Diagnostics
import Testing

@testable import Site

@Suite struct FrontMatterTests {
  private func read(
    _ text: String, extraKeys: [String] = []
  ) -> (front: FrontMatter?, body: String, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(path: "a.md", text: text)
    guard let place = FrontMatter.find(in: file, diagnostics: &diagnostics) else {
      return (nil, text, diagnostics)
    }
    let front = FrontMatter(
      reading: place.yaml, of: file, extraKeys: extraKeys, diagnostics: &diagnostics)
    return (front, file.text(place.bodyStart..<file.bytes.count), diagnostics)
  }

  @Test func jekyllsFrontMatterIsRead() throws {
    let (front, body, diagnostics) = read(
      "---\nlayout: post\ntitle:  深度学习（二）——神经元激活函数\ncategory: DL \n---\n\n# A\n")
    let matter = try #require(front)
    #expect(diagnostics.isEmpty)
    #expect(matter.title == "深度学习（二）——神经元激活函数")
    #expect(matter.categories == ["DL"])
    #expect(matter.layout?.name == "post")
    #expect(body == "\n# A\n")
  }

  @Test func tagsAreAListOrWords() {
    #expect(read("---\ntags: a b\n---\n").front?.tags == ["a", "b"])
    #expect(read("---\ntags: [a b, c]\n---\n").front?.tags == ["a b", "c"])
    #expect(read("---\ntags:\n  - a\n  - b\n---\n").front?.tags == ["a", "b"])
    #expect(read("---\ntags:\n---\n").front?.tags == [])
    #expect(
      read("---\ncategory: machine learning\n---\n").front?.categories == ["machine learning"])
  }

  @Test func aTitleMayLookLikeANumber() {
    #expect(read("---\ntitle: 2016\n---\n").front?.title == "2016")
  }

  @Test func lineEndingsAndByteOrderMarksDoNotMatter() {
    let (front, body, diagnostics) = read("\u{FEFF}---\r\ntitle: A\r\n---\r\nText\r\n")
    #expect(front?.title == "A")
    #expect(body == "Text\r\n")
    #expect(diagnostics.isEmpty)
  }

  @Test func aRuleIsNoFrontMatter() {
    for text in ["---\n\ntext\n", "text\n---\n", "----\na: b\n---\n", "", "---", "---\n"] {
      let (front, _, diagnostics) = read(text)
      #expect(front == nil)
      #expect(diagnostics.isEmpty)
    }
  }

  @Test func anUnclosedFrontMatterIsReported() {
    let (front, _, diagnostics) = read("---\ntitle: A\n\ntext\n")
    #expect(front == nil)
    #expect(diagnostics.map(\.id) == ["front-matter.unclosed"])
    #expect(diagnostics[0].range == 0..<3)
  }

  @Test func unknownKeysAreWarnedOfUnlessTheSiteNamesThem() {
    let text = "---\ntilte: A\nsubtitel: B\n---\n"
    let (_, _, diagnostics) = read(text)
    #expect(diagnostics.map(\.severity) == [.warning, .warning])
    #expect(diagnostics[0].hint == "did you mean `title`?")
    #expect(diagnostics[0].range == 4..<9)
    let (front, _, others) = read(text, extraKeys: ["subtitel"])
    #expect(front?.extra == ["subtitel": "B"])
    #expect(others.count == 1)
  }

  @Test func publishedIsTheOppositeOfDraft() {
    #expect(read("---\npublished: false\n---\n").front?.isDraft == true)
    #expect(read("---\npublished: true\n---\n").front?.isDraft == false)
    #expect(read("---\ndraft: yes\n---\n").front?.isDraft == true)
  }
}

@Suite struct ArticleDateTests {
  @Test(arguments: [
    ("2016-01-31", "2016-01-31T00:00:00Z"), ("2016-1-3", "2016-01-03T00:00:00Z"),
    ("2016-02-29 12:30", "2016-02-29T12:30:00Z"),
    ("2016-01-31T12:30:05Z", "2016-01-31T12:30:05Z"),
    ("2016-01-31 12:30:05 +0800", "2016-01-31T12:30:05+08:00"),
    ("2016-01-31 12:30:05.25 -03:30", "2016-01-31T12:30:05-03:30"),
  ])
  func datesAreRead(_ text: String, _ written: String) {
    #expect(ArticleDate(text)?.rfc3339 == written)
  }

  @Test(arguments: [
    "", "yesterday", "2016", "2016-13-01", "2015-02-29", "2016-00-10", "2016-01-32",
    "2016-01-31 25:00", "2016-01-31 12:60", "2016-01-31x", "16-01-31", "2016-01-31 12:30 Mars",
  ])
  func whatNoCalendarHasIsNone(_ text: String) { #expect(ArticleDate(text) == nil) }

  @Test func orderIsThatOfTheInstants() throws {
    let texts = [
      "1969-12-31", "1970-01-01", "2000-02-29", "2000-03-01 00:00 +0100", "2000-03-01",
      "2016-12-31 23:59:59", "2017-01-01",
    ]
    let dates = try texts.map { try #require(ArticleDate($0)) }
    #expect(dates.sorted() == dates)
    #expect(dates.map(\.dayOfYear) == [365, 1, 60, 61, 61, 366, 1])
  }
}
