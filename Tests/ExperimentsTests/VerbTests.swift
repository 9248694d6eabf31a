import Storage
import TestSupport
import Testing

@testable import Experiments

/// A verb consists of its folder and its entry in `Verb.allCases`.
@Suite struct VerbTests {
  private static let folder = Repository.root + "/Sources/Experiments"

  @Test func everyFolderOfAVerbHasItsLineInTheTable() throws {
    let folders = try FileSystem.list(Self.folder + "/Verbs").filter { $0.kind == .folder }
    #expect(folders.map { $0.name.lowercased() }.sorted() == Verb.allCases.map(\.rawValue).sorted())
    for verb in Verb.allCases { #expect(Verb(rawValue: verb.rawValue) == verb) }
    #expect(Verb(rawValue: "dance") == nil)
  }

  /// Outside the verbs' folders no code distinguishes verbs.
  @Test func nothingElseTellsVerbsApart() throws {
    let names = Verb.allCases.map(\.rawValue).joined(separator: "|")
    let question = try Regex(
      "(verb|job)[a-zA-Z.]* [!=]= \\.|TrainJob\\.self|case (let )?\\.(\(names))\\(.*(spec|plot|graph|diagram|job)\\)"
    )
    for room in try FileSystem.list(Self.folder) where room.kind == .folder && room.name != "Verbs"
    {
      for file in try FileSystem.list("\(Self.folder)/\(room.name)") where file.kind == .file {
        let path = "\(Self.folder)/\(room.name)/\(file.name)"
        let text = String(decoding: try FileSystem.read(path), as: UTF8.self)
        #expect(text.firstMatch(of: question) == nil, "\(path)")
      }
    }
  }

  @Test func everyOptionAndMetricIsInTheReferenceOnce() {
    for verb in Verb.allCases {
      let names = BlockOption.names(for: verb)
      #expect(Set(names).count == names.count, "\(verb.rawValue)")
      for name in names {
        let option = BlockOption.named(name, for: verb)!
        #expect(BlockOption.all.count { $0 == option } == 1)
        #expect(option.verbs.contains(verb))
      }
      for metric in MetricName.names(for: verb) {
        #expect(MetricName.all.count { $0 == metric } == 1)
        #expect(metric.verbs.contains(verb))
        #expect(MetricName.named(metric.name, for: verb) == metric)
      }
      for word in Show.words(for: verb) { #expect(Show(rawValue: word.rawValue) == word) }
    }
    #expect(Set(Show.allCases.map(\.rawValue)).count == Show.allCases.count)
  }

  /// An option's default is one of its allowed values.
  @Test(arguments: BlockOption.all) func defaultsAreWithinBounds(option: BlockOption) {
    guard let text = option.defaultText else { return }
    switch option.type {
    case .integer: #expect(Int(text).map { option.bounds?.contains(Double($0)) ?? true } == true)
    case .number: #expect(Double(text).map { option.bounds?.contains($0) ?? true } == true)
    case .word(let words): #expect(words.contains(text))
    case .flag: #expect(["true", "false"].contains(text))
    default: break
    }
  }
}
