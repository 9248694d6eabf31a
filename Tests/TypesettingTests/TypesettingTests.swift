import Storage
import TestSupport
import Testing

@testable import Typesetting

#if canImport(Glibc)
  import Glibc
#endif

/// A formula from a fixture file.
struct FixtureFormula: CustomTestStringConvertible, Sendable {
  var tex: String
  var testDescription: String { tex }

  static func all(in name: String) -> [FixtureFormula] {
    let path = Repository.root + "/Tests/Fixtures/formulas/\(name).txt"
    guard let bytes = try? FileSystem.read(path) else { return [] }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n\n").map {
      FixtureFormula(tex: $0.last == "\n" ? String($0.dropLast()) : String($0))
    }
  }
}

/// Calls `body` with a temporary folder, which is removed afterwards.
func withFolder<R>(_ body: (String) throws -> R) throws -> R {
  let folder = "/tmp/sitegen-typesetting-\(getpid())-\(UInt64.random(in: 0...(.max)))"
  try FileSystem.makeFolder(folder)
  defer { try? FileSystem.removeTree(folder) }
  return try body(folder)
}

/// Shared by all tests, since creating the contexts takes the time.
let sharedTypesetter = Typesetter(cache: nil)

func typeset(
  _ tex: String, isDisplay: Bool = true, references: [String: String] = [:]
) throws -> TypesetFormula {
  try sharedTypesetter.typeset([Formula(tex, isDisplay: isDisplay, references: references)])[0]
    .get()
}

func mistake(in tex: String) throws -> FormulaError? {
  guard
    case .failure(let mistake) = try sharedTypesetter.typeset([Formula(tex, isDisplay: true)])[0]
  else { return nil }
  return mistake
}
