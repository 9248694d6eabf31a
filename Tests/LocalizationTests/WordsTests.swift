import Localization
import Testing

struct WordsTests {
  @Test(arguments: [
    ("en", "en"), ("en-GB", "en"), ("EN", "en"), ("zh", "zh"), ("zh-Hans", "zh"), ("ZH_CN", "zh"),
    ("de", "en"), ("zha", "en"), ("", "en"), ("-zh", "en"),
  ])
  func aTagFindsTheWordsOfItsLanguage(tag: String, expected: String) {
    #expect(Words(tag: tag).tag == expected)
  }

  @Test func aLanguageWithoutWordsIsNotTakenForEnglish() {
    #expect(Words.matching("de") == nil)
    #expect(Words.matching("zh-Hant")?.tag == "zh")
  }

  @Test func tagsAreTheirOwn() {
    #expect(Set(Words.all.map(\.tag)).count == Words.all.count)
    for words in Words.all { #expect(Words.matching(words.tag)?.tag == words.tag) }
  }

  @Test func aDayIsWrittenAsPeopleDo() {
    #expect(Words.english.day(year: 2016, month: 1, day: 31) == "31 January 2016")
    #expect(Words.english.day(year: 2016, month: 12, day: 1) == "1 December 2016")
    #expect(Words.chinese.day(year: 2016, month: 1, day: 31) == "2016年1月31日")
  }

  @Test func aListHasAnAndBeforeItsLastItem() {
    #expect(Words.english.list([]) == "")
    #expect(Words.english.list(["a"]) == "a")
    #expect(Words.english.list(["a", "b"]) == "a and b")
    #expect(Words.english.list(["a", "b", "c"]) == "a, b and c")
    #expect(Words.chinese.list(["甲", "乙", "丙"]) == "甲、乙和丙")
  }

  @Test func sentencesEndOnceAndEmptyOnesAreLeftOut() {
    #expect(Words.english.sentences(["one", "", "two."]) == "one. two.")
    #expect(Words.chinese.sentences(["一", "二。", "three."]) == "一。二。three.")
  }

  @Test func countsDecideBetweenSingularAndPlural() {
    #expect(Words.english(.epochsTrained(count: 1, optimizer: "adam")) == "1 epoch of adam")
    #expect(Words.english(.epochsTrained(count: 2, optimizer: "adam")) == "2 epochs of adam")
  }
}
