/// Guesses the language of a text from its letters.
enum WrittenLanguage {
  /// `zh`, `ja` or `ko` if a large part of the text is in their scripts; `nil` for anything else.
  ///
  /// Addresses, formulas and names bring many Latin letters into a Chinese note, so one character
  /// of these scripts, which is often a word, counts as four letters.
  static func guess(_ text: ArraySlice<UInt8>) -> String? {
    var latin = 0
    var han = 0
    var kana = 0
    var hangul = 0
    var index = text.startIndex
    while index < text.endIndex {
      let byte = text[index]
      index += 1
      if byte < 0x80 {
        if (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) { latin += 1 }
        continue
      }
      // The first of three bytes: U+3040…30FF kana, U+4E00…9FFF han, U+AC00…D7AF hangul.
      switch byte {
      case 0xE4...0xE9: han += 1
      case 0xE3 where index < text.endIndex && (0x81...0x83).contains(text[index]): kana += 1
      case 0xEA...0xED: hangul += 1
      default: break
      }
    }
    guard (han + kana + hangul) * 4 > latin else { return nil }
    if hangul > han + kana { return "ko" }
    return kana * 10 > han ? "ja" : "zh"
  }
}
