import Markup
import Testing

@Suite struct ControlCharacterTests {
  @Test(
    arguments: [
      ("a\u{0}b", "a\u{FFFD}b"), ("\u{8}\u{1B}[31m", "\u{FFFD}\u{FFFD}[31m"), ("\t\n\r", "\t\n\r"),
      ("\u{C}\u{7F}", "\u{FFFD}\u{FFFD}"), ("\u{FFFE}x\u{FFFF}", "\u{FFFD}x\u{FFFD}"),
      ("\u{FFFD}\u{FEFF}\u{FFEE}\u{10FFFF}", "\u{FFFD}\u{FEFF}\u{FFEE}\u{10FFFF}"), ("", ""),
    ])
  func whatNoPageMayHoldIsReplaced(text: String, expected: String) {
    let bytes = Array(text.utf8).replacingControlCharacters()
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test func aCharacterThatIsCutOffStays() {
    #expect([0xEF, 0xBF].replacingControlCharacters() == [0xEF, 0xBF] as [UInt8])
  }
}
