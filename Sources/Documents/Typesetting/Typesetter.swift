import Markup
package import Storage
import Synchronization

/// Typesets formulas with KaTeX and highlights code with highlight.js.
///
/// Each runs in a JavaScriptCore context of its own, which is created for the first input that is
/// not in the cache. A typesetter may be used from any thread. Calls that need the same context
/// wait for each other, so pass many inputs in one call.
package final class Typesetter: Sendable {
  /// The locations of the scripts, and options.
  package struct Settings: Hashable, Sendable {
    /// The folder with `katex.js`, `katex.min.css`, `contrib/mhchem.js` and `fonts/`.
    package var katexFolder = "/usr/share/javascript/katex"
    /// The path of highlight.js.
    package var highlightScript = "/usr/share/javascript/highlight.js/highlight.min.js"
    /// Commands that every formula may use: `"\\R": "\\mathbb{R}"`.
    package var macros: [String: String] = [:]

    package init() {}
  }

  package let settings: Settings
  private let formulaCache: PackedCache
  private let codeCache: PackedCache
  private let assets: AssetFiles
  private let formulaState = Mutex<KaTeX?>(nil)
  private let codeState = Mutex<Highlighter?>(nil)
  private let made = Atomic<Int>(0)

  /// - Parameter cache: The cache for results between builds; `nil` keeps them for this process
  ///   only.
  package init(_ settings: Settings = Settings(), cache: Cache?) {
    self.settings = settings
    assets = AssetFiles(settings)
    formulaCache = PackedCache(path: cache.map { $0.folder + "/formulas.pack" })
    codeCache = PackedCache(path: cache.map { $0.folder + "/code.pack" })
  }

  /// The number of JavaScript contexts that this typesetter has created.
  package var contextsMade: Int { made.load(ordering: .relaxed) }

  // MARK: Formulas

  /// The formulas as HTML and MathML, or their errors, in the order given.
  package func typeset(
    _ formulas: [Formula]
  ) throws(TypesettingError) -> [Result<TypesetFormula, FormulaError>] {
    guard !formulas.isEmpty else { return [] }
    let katexVersion = try assets.digest(of: .katex)
    let macros = settings.macros.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    let version = Digest(
      of: [Self.formulaVersion, katexVersion, TeXPrelude.definitions] + macros
    ).description
    var keys: [Digest] = []
    keys.reserveCapacity(formulas.count)
    for formula in formulas {
      var parts = [version, formula.isDisplay ? "display" : "inline", formula.tex]
      if Self.mayHoldChemistry(formula.tex) { parts.append(try assets.digest(of: .mhchem)) }
      for (label, number) in formula.references.sorted(by: { $0.key < $1.key })
      where formula.tex.contains(label) {
        parts += [label, number]
      }
      keys.append(Digest(of: parts))
    }
    let found = formulaCache.read(keys)
    var results = found.map { $0.flatMap(FormulaRecord.decode) }
    let missing = results.indices.filter { results[$0] == nil }
    if !missing.isEmpty {
      var fresh: [Digest: FormulaRecord.Outcome] = [:]
      try withKaTeX { katex throws(TypesettingError) in
        for index in missing where fresh[keys[index]] == nil {
          fresh[keys[index]] = try set(formulas[index], with: katex)
        }
      }
      for index in missing { results[index] = fresh[keys[index]] }
      formulaCache.add(missing.map { (keys[$0], FormulaRecord.encode(results[$0]!)) })
    }
    return results.map { $0! }
  }

  /// The version of formulas in the cache, to be raised by every change here that changes their
  /// HTML.
  private static let formulaVersion = "formula 2"

  /// The maximum length: KaTeX's time grows faster than the formula, and real formulas are shorter.
  private static let longestFormula = 20_000

  private static func mayHoldChemistry(_ tex: String) -> Bool {
    tex.contains("\\ce") || tex.contains("\\pu")
  }

  private func withKaTeX<R>(
    _ body: (KaTeX) throws(TypesettingError) -> R
  ) throws(TypesettingError) -> R where R: Sendable {
    let script = try assets.text(of: .katex)
    let path = assets.path(of: .katex)
    return try formulaState.withLock { katex throws(TypesettingError) in
      if let katex { return try body(katex) }
      let library = try ScriptLibrary.load()
      made.add(1, ordering: .relaxed)
      let new: KaTeX
      do throws(ScriptError) {
        new = try KaTeX(library, script: script, macros: settings.macros)
      } catch {
        throw .brokenAsset(path: path, reason: error.message)
      }
      katex = new
      return try body(new)
    }
  }

  private func set(
    _ formula: Formula, with katex: KaTeX
  ) throws(TypesettingError) -> FormulaRecord.Outcome {
    let length = formula.tex.utf8.count
    guard length <= Self.longestFormula else {
      return .failure(
        FormulaError(
          range: 0..<length,
          message: "the formula is \(length) bytes long, more than \(Self.longestFormula)",
          hint: "is a closing delimiter missing?"))
    }
    let tex = CompatibleTeX(formula)
    if tex.needsChemistry {
      try katex.addChemistry { () throws(TypesettingError) in try assets.text(of: .mhchem) }
    }
    let isDisplay = formula.isDisplay || tex.needsDisplay
    switch katex.typeset(tex.text, isDisplay: isDisplay) {
    case .html(let html):
      let shown = tex.isUnchanged ? html : Self.annotating(html, with: formula.tex)
      return .success(
        TypesetFormula(html: String(decoding: shown, as: UTF8.self), isDisplay: isDisplay))
    case .refusal(let message, let units):
      let range =
        units.map { tex.sourceRange(of: Self.utf8Range($0, in: tex.text)) } ?? 0..<length
      let script = try assets.text(of: .katex)
      return .failure(
        FormulaError(katex: message, range: range) { AssetFiles.commands(inKaTeX: script) })
    }
  }

  private static func utf8Range(_ range: Range<Int>, in text: String) -> Range<Int> {
    let units = text.utf16
    func offset(_ unit: Int) -> Int {
      let index = units.index(units.startIndex, offsetBy: min(unit, units.count))
      return text.utf8.distance(from: text.startIndex, to: index)
    }
    return offset(range.lowerBound)..<offset(range.upperBound)
  }

  /// The HTML with the author's TeX, rather than the TeX passed to KaTeX, as the annotation of the
  /// MathML, which is also what is copied.
  private static func annotating(_ html: [UInt8], with tex: String) -> [UInt8] {
    let text = String(decoding: html, as: UTF8.self)
    guard let open = text.firstRange(of: "<annotation encoding=\"application/x-tex\">"),
      let close = text[open.upperBound...].firstRange(of: "</annotation>")
    else { return html }
    return Array(text[..<open.upperBound].utf8) + Array(escaped(tex).utf8)
      + Array(text[close.lowerBound...].utf8)
  }

  /// The style sheet and the font files for a site with formulas.
  package func formulaAssets() throws(TypesettingError) -> FormulaAssets {
    let sheet = try assets.styleSheet()
    var files: [FormulaAssets.File] = []
    for path in sheet.fonts {
      files.append(FormulaAssets.File(path: path, bytes: try assets.font(path)))
    }
    return FormulaAssets(styleSheet: Array(sheet.css.utf8), fonts: files)
  }

  // MARK: Code

  /// The code as HTML, in the order given. Code in an unknown language is left plain.
  package func highlight(_ code: [Code]) throws(TypesettingError) -> [HighlightedCode] {
    var results = [HighlightedCode?](repeating: nil, count: code.count)
    var names = [String](repeating: "", count: code.count)
    for (index, item) in code.enumerated() {
      switch CodeLanguage(item.language) {
      case .named(let name) where item.text.utf8.count <= Self.longestCode: names[index] = name
      case .named, .plain:
        results[index] = HighlightedCode(
          html: escaped(item.text), language: nil, isLanguageKnown: true)
      }
    }
    let wanted = results.indices.filter { results[$0] == nil }
    guard !wanted.isEmpty else { return results.map { $0! } }
    let version = try assets.digest(of: .highlight)
    let keys = wanted.map { Digest(of: [Self.codeVersion, version, names[$0], code[$0].text]) }
    let found = codeCache.read(keys)
    var missing: [(index: Int, key: Digest)] = []
    for (position, index) in wanted.enumerated() {
      results[index] = found[position].flatMap { CodeRecord.decode($0, code[index].text) }
      if results[index] == nil { missing.append((index, keys[position])) }
    }
    if !missing.isEmpty {
      let fresh = try withHighlighter { highlighter throws(ScriptError) in
        var fresh: [HighlightedCode] = []
        for (index, _) in missing {
          fresh.append(
            try Self.color(code[index].text, language: names[index], with: highlighter))
        }
        return fresh
      }
      var records: [(key: Digest, payload: [UInt8])] = []
      for ((index, key), item) in zip(missing, fresh) {
        results[index] = item
        records.append((key, CodeRecord.encode(item)))
      }
      codeCache.add(records)
    }
    return results.map { $0! }
  }

  /// The version of code in the cache, to be raised by every change here that changes its HTML.
  private static let codeVersion = "code 1"

  /// The maximum length: a longer text is data rather than code, and needs no highlighting.
  private static let longestCode = 500_000

  private func withHighlighter<R: Sendable>(
    _ body: (Highlighter) throws(ScriptError) -> R
  ) throws(TypesettingError) -> R {
    let script = try assets.text(of: .highlight)
    let library = try ScriptLibrary.load()
    do throws(ScriptError) {
      return try codeState.withLock { highlighter throws(ScriptError) in
        if let highlighter { return try body(highlighter) }
        made.add(1, ordering: .relaxed)
        let new = try Highlighter(library, script: script)
        highlighter = new
        return try body(new)
      }
    } catch {
      throw .brokenAsset(path: settings.highlightScript, reason: error.message)
    }
  }

  private static func color(
    _ text: String, language: String, with highlighter: Highlighter
  ) throws(ScriptError) -> HighlightedCode {
    guard let name = try highlighter.canonicalName(of: language) else {
      return HighlightedCode(html: escaped(text), language: nil, isLanguageKnown: false)
    }
    let html = try highlighter.highlight(text, language: language)
    return HighlightedCode(
      html: String(decoding: html, as: UTF8.self), language: name, isLanguageKnown: true)
  }
}
