import JSON
import Testing

struct JSONTests {
  @Test(arguments: [
    "null", "true", "[]", "{}", "[1,2.5,-3e-07,1e+30]", "[null,1e999,-1e999]", "\"a\\\"\\\\\\n\"",
    "{\"a\": 1, \"b\": {\"c\": [1,2], \"d\": \"深度\"}}", "[0,-0.5,10,0.0e0]", "[[],{},\"\\u0001\"]",
  ]) func jsonReadsBackToTheSameBytes(text: String) throws {
    let value = try #require(JSON(Array(text.utf8)))
    #expect(JSON(value.bytes).map(\.bytes) == value.bytes)
    #expect(JSON(value.compactBytes).map(\.bytes) == value.bytes)
    #expect(JSON(value.scriptBytes).map(\.bytes) == value.bytes)
  }

  @Test func numbersAreExact() throws {
    var state: UInt64 = 7
    func next() -> UInt64 {
      // SplitMix64.
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
      return z ^ z >> 31
    }
    for _ in 0..<5000 {
      let value = Double(bitPattern: next())
      guard value.isFinite else { continue }
      #expect(JSON(JSON.number(value).bytes)?.number == value)
      let short = Double(Int64(truncatingIfNeeded: next()) % 100_000) / 1000
      #expect(JSON(JSON.number(short).bytes)?.number == short)
    }
  }

  @Test(arguments: [
    "", "{", "[1,", "tru", "\"\\ud800\"", "01x", "[1 2]", "{\"a\" 1}", "nul", "01", "[-01]", "1.",
    "[1.,2]", ".5", "+1", "-", "1e", "\"a\nb\"", "\"\u{0}\"", "[1,]", "{\"a\":1,}", "\"\\x41\"",
    "\"\\u12g4\"", "1 2", "NaN", "'a'", "{a:1}",
  ])
  func whatIsNoJSONIsRefused(text: String) { #expect(JSON(Array(text.utf8)) == nil) }

  @Test func stringsThatAreNotUTF8AreRefused() { #expect(JSON([0x22, 0xFF, 0x22]) == nil) }

  @Test func arraysThatNestTooDeepAreRefused() {
    #expect(JSON([UInt8](repeating: UInt8(ascii: "["), count: 100_000)) == nil)
    let nested = String(repeating: "[", count: 63) + String(repeating: "]", count: 63)
    #expect(JSON(Array(nested.utf8)) != nil)
  }

  @Test func escapesAreCharacters() {
    let text = #""\u00e9\ud83d\ude00\/\b\f\r""#
    #expect(JSON(Array(text.utf8))?.string == "é😀/\u{8}\u{C}\r")
  }

  @Test func layoutsAreForTheirReaders() {
    let value = JSON.object([
      "a": .strings(["<b>", "\u{2028}\u{7}"]), "c": .object(["d": .numbers([1, 2])]),
    ])
    #expect(
      String(decoding: value.bytes, as: UTF8.self)
        == "{\n \"a\": [\"<b>\", \"\u{2028}\\u0007\"],\n \"c\": {\n  \"d\": [1,2]\n }\n}\n")
    #expect(
      String(decoding: value.compactBytes, as: UTF8.self)
        == "{\"a\":[\"<b>\",\"\u{2028}\\u0007\"],\"c\":{\"d\":[1,2]}}")
    #expect(
      String(decoding: value.scriptBytes, as: UTF8.self)
        == "{\"a\":[\"\\u003cb>\",\"\\u2028\\u0007\"],\"c\":{\"d\":[1,2]}}")
  }
}
