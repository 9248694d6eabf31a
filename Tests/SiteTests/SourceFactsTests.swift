import Testing

@testable import Site

@Suite struct WrittenLanguageTests {
  @Test(
    arguments: [
      ("The quick brown fox", nil), ("", nil), ("神经网络 network", "zh"),
      ("ニューラルネットワークの学習", "ja"), ("신경망 학습", "ko"), ("He said 你好 once upon a time", nil),
    ] as [(String, String?)])
  func languagesWithScriptsOfTheirOwnAreSeen(_ text: String, _ language: String?) {
    #expect(WrittenLanguage.guess(Array(text.utf8)[...]) == language)
  }
}

@Suite struct ImageSizeTests {
  private func size(_ bytes: [UInt8]) -> [Int]? {
    ImageSize(of: bytes).map { [$0.width, $0.height] }
  }

  @Test func headsOfFilesAreRead() {
    let png: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]
      + [0, 0, 2, 128, 0, 0, 1, 224]
    #expect(size(png) == [640, 480])
    #expect(size(Array("GIF89a".utf8) + [10, 0, 20, 0]) == [10, 20])
    let jpeg: [UInt8] =
      [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 0, 0, 0xFF, 0xC2, 0, 17, 8, 0, 50, 0, 100, 3, 1, 2, 3]
    #expect(size(jpeg) == [100, 50])
    let webp: [UInt8] =
      Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WEBPVP8X".utf8) + [10, 0, 0, 0, 0, 0, 0, 0]
      + [99, 0, 0, 49, 0, 0, 0]
    #expect(size(webp) == [100, 50])
  }

  @Test(arguments: [
    ("<svg width=\"120\" height=\"60px\">", [120, 60]),
    ("<?xml?>\n<svg viewBox='0 0 30.4 20'>", [30, 20]),
    ("<svg width=\"1in\" height=\"72pt\">", [96, 96]),
    ("<svg width=\"100%\" viewBox=\"0,0,8,4\">", [8, 4]),
  ])
  func drawingsSayTheirSize(_ text: String, _ expected: [Int]) {
    #expect(size(Array(text.utf8)) == expected)
  }

  @Test(arguments: ["", "GIF8", "<svg>", "<svg width='x'>", "RIFF0000WEBP", "\u{89}PNG", "text"])
  func damageHasNoSize(_ text: String) { #expect(size(Array(text.utf8)) == nil) }
}
