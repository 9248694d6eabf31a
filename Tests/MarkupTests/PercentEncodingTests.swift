import Markup
import Testing

struct PercentEncodingTests {
  @Test(arguments: [
    ("a/b-c_d.e~f", "a/b-c_d.e~f"), ("a b?c#d", "a%20b%3Fc%23d"), ("100%", "100%25"),
    ("深", "%E6%B7%B1"), ("!$&'()*+,;=:@", "!$&'()*+,;=:@"), ("\u{0}\"<>", "%00%22%3C%3E"), ("", ""),
  ])
  func whatAPathMayNotHaveIsEncoded(text: String, expected: String) {
    #expect(PercentEncoding.encoded(text) == expected)
    #expect(PercentEncoding.decoded(expected, isStrict: true) == text)
  }

  @Test(
    arguments: [
      ("%41%e6%B7%b1", "A深", "A深"), ("100%", "100%", nil), ("%4", "%4", nil), ("%zz", "%zz", nil),
      ("%ff", nil, nil), ("%%41", "%A", nil), ("plain", "plain", "plain"),
    ] as [(String, String?, String?)])
  func whatIsEncodedIsDecoded(text: String, lenient: String?, strict: String?) {
    #expect(PercentEncoding.decoded(text, isStrict: false) == lenient)
    #expect(PercentEncoding.decoded(text, isStrict: true) == strict)
  }

  @Test func everyByteIsTwoDigits() {
    for byte in UInt8.min...UInt8.max {
      var bytes: [UInt8] = []
      PercentEncoding.append(byte, to: &bytes)
      let digits = String(byte, radix: 16, uppercase: true)
      #expect(String(decoding: bytes, as: UTF8.self) == "%" + (byte < 16 ? "0" : "") + digits)
    }
  }
}
