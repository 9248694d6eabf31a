import Storage
import Testing

@testable import Typesetting

struct TypesettingCacheTests {
  private let formulas = [
    Formula("x^2", isDisplay: false), Formula("x^2", isDisplay: true),
    Formula(#"\frac{1"#, isDisplay: true), Formula(#"\ce{H2O}"#, isDisplay: false),
    Formula(#"\ref{a}"#, isDisplay: false, references: ["a": "1"]),
  ]
  private let code = [
    Code("let a = 1", language: "swift"), Code("x", language: "klingon"), Code("x", language: nil),
  ]

  @Test func aSecondBuildMakesNoContextAndGivesTheSame() throws {
    try withFolder { folder in
      let first = Typesetter(cache: Cache(folder: folder))
      let coldFormulas = try first.typeset(formulas)
      let coldCode = try first.highlight(code)
      #expect(first.contextsMade == 2)
      #expect(try first.typeset(formulas) == coldFormulas)
      #expect(first.contextsMade == 2)

      let second = Typesetter(cache: Cache(folder: folder))
      #expect(try second.typeset(formulas) == coldFormulas)
      #expect(try second.highlight(code) == coldCode)
      #expect(second.contextsMade == 0)
    }
  }

  @Test func nothingIsMadeForPlainCodeOrNoFormulas() throws {
    let typesetter = Typesetter(cache: nil)
    #expect(try typesetter.typeset([]).isEmpty)
    _ = try typesetter.highlight([Code("a", language: "text")])
    #expect(typesetter.contextsMade == 0)
  }

  @Test func oneNewFormulaIsTheOnlyOneSet() throws {
    try withFolder { folder in
      _ = try Typesetter(cache: Cache(folder: folder)).typeset(formulas)
      let size = try FileSystem.read(folder + "/formulas.pack").count
      let typesetter = Typesetter(cache: Cache(folder: folder))
      let more = formulas + [Formula("y", isDisplay: false), Formula("y", isDisplay: false)]
      let results = try typesetter.typeset(more)
      #expect(typesetter.contextsMade == 1)
      let added = FormulaRecord.encode(results.last!).count + 44
      #expect(try FileSystem.read(folder + "/formulas.pack").count == size + added)
    }
  }

  @Test func macrosAndReferencesAreInTheKey() throws {
    try withFolder { folder in
      var settings = Typesetter.Settings()
      let formula = Formula(#"\R"#, isDisplay: false)
      let plain = try Typesetter(settings, cache: Cache(folder: folder)).typeset([formula])
      settings.macros = [#"\R"#: "r"]
      let other = try Typesetter(settings, cache: Cache(folder: folder)).typeset([formula])
      #expect(plain != other)
      let numbers = try ["1", "2"].map {
        try Typesetter(cache: Cache(folder: folder))
          .typeset([Formula(#"\ref{a}"#, isDisplay: false, references: ["a": $0])])[0].get().html
      }
      #expect(numbers[0] != numbers[1])
    }
  }

  @Test func aDamagedCacheIsMadeAnew() throws {
    try withFolder { folder in
      let expected = try Typesetter(cache: Cache(folder: folder)).typeset(formulas)
      var bytes = try FileSystem.read(folder + "/formulas.pack")
      bytes[bytes.count / 2] ^= 0xFF
      try FileSystem.write(bytes, to: folder + "/formulas.pack")
      let repairing = Typesetter(cache: Cache(folder: folder))
      #expect(try repairing.typeset(formulas) == expected)
      #expect(repairing.contextsMade == 1)
      let third = Typesetter(cache: Cache(folder: folder))
      #expect(try third.typeset(formulas) == expected)
      #expect(third.contextsMade == 0)
    }
  }

  @Test func manyThreadsGetWhatOneGets() async throws {
    let formulas = FixtureFormula.all(in: "deep-learning-2").map {
      Formula($0.tex, isDisplay: true)
    }
    let expected = try Typesetter(cache: nil).typeset(formulas)
    let typesetter = Typesetter(cache: nil)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for start in 0..<8 {
        group.addTask {
          for index in 0..<formulas.count {
            let place = (index * 7 + start * 3) % formulas.count
            #expect(try typesetter.typeset([formulas[place]])[0] == expected[place])
            _ = try typesetter.highlight([Code("let a = \(place)", language: "swift")])
          }
        }
      }
      try await group.waitForAll()
    }
    #expect(typesetter.contextsMade == 2)
  }

  @Test func missingProgramsAreNamedWithTheirPackage() throws {
    var settings = Typesetter.Settings()
    settings.katexFolder = "/nowhere/katex"
    settings.highlightScript = "/nowhere/highlight.js"
    let typesetter = Typesetter(settings, cache: nil)
    let error = #expect(throws: TypesettingError.self) {
      try typesetter.typeset([Formula("x", isDisplay: false)])
    }
    #expect(error?.explanation.message == "there is no file `/nowhere/katex/katex.js`")
    #expect(error?.explanation.hint == "install it: apt-get install libjs-katex")
    #expect(throws: TypesettingError.self) {
      try typesetter.highlight([Code("x", language: "swift")])
    }
    // Plain code requires neither script.
    #expect(try typesetter.highlight([Code("x", language: nil)])[0].html == "x")
  }

  @Test func aMissingLibraryIsNamedWithItsPackage() {
    let reason = "libjavascriptcoregtk-4.1.so.0: cannot open shared object file"
    let explanation = TypesettingError.missingLibrary(reason: reason).explanation
    #expect(
      explanation.message
        == "formulas and code are set by JavaScriptCore, which cannot be loaded: \(reason)")
    #expect(explanation.hint == "install it: apt-get install libjavascriptcoregtk-4.1-0")
  }

  @Test func aScriptThatIsNoneIsToldApart() throws {
    try withFolder { folder in
      try FileSystem.write(Array("this is not JavaScript".utf8), to: folder + "/highlight.js")
      var settings = Typesetter.Settings()
      settings.highlightScript = folder + "/highlight.js"
      let error = #expect(throws: TypesettingError.self) {
        try Typesetter(settings, cache: nil).highlight([Code("x", language: "swift")])
      }
      guard case .brokenAsset(folder + "/highlight.js", let reason) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(reason.contains("SyntaxError"))
    }
  }
}
