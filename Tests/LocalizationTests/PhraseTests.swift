import Foundation
import Localization
import TestSupport
import Testing

/// What the compiler cannot see in the tables of languages: that texts use their values, and that
/// rooms use the texts. That each language has every phrase it does see.
struct PhraseTests {
  @Test(arguments: Words.all)
  func noTextIsEmpty(words: Words) {
    for phrase in PhraseSamples.all where phrase != .sentenceGap {
      #expect(!words(phrase).isEmpty, "\(words.tag): \(phrase)")
    }
  }

  @Test func thereIsASampleOfEveryPhrase() throws {
    let declared = try declaredNames()
    #expect(declared.count > 150)
    let sampled = Set(PhraseSamples.all.map(Self.name))
    #expect(sampled == declared, "\(sampled.symmetricDifference(declared).sorted())")
  }

  /// Placeholders agree: what one language shows, all do.
  @Test(arguments: Words.all)
  func everyTextShowsAllOfItsValues(words: Words) {
    for phrase in PhraseSamples.all {
      guard let values = Mirror(reflecting: phrase).children.first?.value else { continue }
      let all = Mirror(reflecting: values).children.map(\.value)
      let text = words(phrase)
      for value in all.isEmpty ? [values] : all {
        #expect(text.contains("\(value)"), "\(words.tag): \(Self.name(phrase)) lacks \(value)")
      }
    }
  }

  @Test func everyPhraseIsUsed() throws {
    var texts = ""
    for (path, text) in try sources() where !path.contains("/Localization/") { texts += text }
    // `words(.name`, also in the second branch of a choice, or `"name": .name` for templates.
    for name in try declaredNames() {
      let use = try Regex("[(:?{\\[,]\\s*\\.\(name)\\b")
      #expect(texts.contains(use), "nothing uses `\(name)`")
    }
  }

  /// Texts in a language are in its table, not where they are used.
  @Test func noRoomSpeaksChineseByItself() throws {
    for (path, text) in try sources() where !path.contains("/Localization/") {
      for line in text.split(separator: "\n") {
        let code = line.prefix(upTo: line.firstRange(of: "//")?.lowerBound ?? line.endIndex)
        let hasHan = code.unicodeScalars.contains { (0x4e00...0x9fff).contains($0.value) }
        #expect(!hasHan, "\(path): \(line)")
      }
    }
  }

  // MARK: Sources

  private static func name(_ phrase: Phrase) -> String {
    String("\(phrase)".prefix { $0.isLetter || $0.isNumber })
  }

  private func declaredNames() throws -> Set<String> {
    let path = Repository.root + "/Sources/Foundations/Localization/Phrase.swift"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    return Set(text.matches(of: /\n  case ([A-Za-z]+)/).map { String($0.1) })
  }

  private func sources() throws -> [(path: String, text: String)] {
    let root = URL(filePath: Repository.root + "/Sources")
    let walk = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
    return try (walk?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.map {
      ($0.path, try String(contentsOf: $0, encoding: .utf8))
    }
  }
}
