import Foundation
import Localization
import TestSupport
import Testing

/// Checks what the compiler cannot: that texts use their values, and that targets use the texts.
/// The compiler itself checks that each language has every phrase.
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

  /// Languages agree: the values that one shows, all show.
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
    // `words(.name`, possibly in the second branch of a conditional, or `"name": .name` for
    // templates.
    let use = /[(:?{\[,]\s*\.([A-Za-z]+)/
    var used: Set<String> = []
    for (path, text) in try sources()
    where !path.contains("/Localization/") || path.hasSuffix("/Words+Sentences.swift") {
      used.formUnion(text.matches(of: use).map { String($0.1) })
    }
    let unused = try declaredNames().subtracting(used)
    #expect(unused.isEmpty, "nothing uses \(unused.sorted())")
  }

  /// A phrase that has a property is used through it.
  @Test func everyNamedPhraseIsUsed() throws {
    var named: Set<String> = []
    var used: Set<String> = []
    for (_, text) in try sources() {
      named.formUnion(text.matches(of: /var (\w+): String { self\(\./).map { String($0.1) })
      used.formUnion(text.matches(of: /words\.(\w+)/).map { String($0.1) })
    }
    #expect(named.count > 40)
    #expect(named.isSubset(of: used), "\(named.subtracting(used).sorted())")
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
