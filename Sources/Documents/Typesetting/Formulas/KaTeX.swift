/// KaTeX in a JavaScript context of its own.
final class KaTeX {
  /// KaTeX's result for a formula. The range of a refusal is in UTF-16 units of the input; `nil` if
  /// KaTeX does not report one.
  enum Answer {
    case html([UInt8])
    case refusal(message: String, range: Range<Int>?)
  }

  private let context: ScriptContext
  private var knowsChemistry = false

  /// - Parameters:
  ///   - library: The JavaScript engine.
  ///   - script: The source of `katex.js`.
  ///   - macros: Definitions by command.
  init(
    _ library: ScriptLibrary, script: String, macros: [String: String]
  ) throws(ScriptError) {
    context = ScriptContext(library)
    // Scripts written for browsers look for the global object under these names.
    try context.run("var self = this, window = this;", name: "globals.js")
    try context.run(script, name: "katex.js")
    try context.run(Self.driver, name: "driver.js")
    _ = try context.call("sitegenDefine", TeXPrelude.definitions)
    for (name, body) in macros.sorted(by: { $0.key < $1.key }) {
      _ = try context.call("sitegenMacro", name, body)
    }
  }

  /// Defines `\ce` and `\pu`, once.
  func addChemistry(script: () throws(TypesettingError) -> String) throws(TypesettingError) {
    guard !knowsChemistry else { return }
    knowsChemistry = true
    let script = try script()
    do { try context.run(script, name: "mhchem.js") } catch {
      throw .brokenAsset(path: "contrib/mhchem.js", reason: error.message)
    }
  }

  func typeset(_ tex: String, isDisplay: Bool) -> Answer {
    do {
      let answer = try context.call("sitegenTypeset", tex, isDisplay ? "display" : "")
      if answer.first == UInt8(ascii: "+") {
        return .html(Array(answer.dropFirst()))
      }
      let parts = String(decoding: answer.dropFirst(), as: UTF8.self)
        .split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, let start = Int(parts[0]), let count = Int(parts[1]) else {
        return .refusal(message: "it does not answer", range: nil)
      }
      return .refusal(
        message: String(parts[2]), range: start < 0 ? nil : start..<start + count)
    } catch {
      return .refusal(message: error.message, range: nil)
    }
  }

  /// The functions that this type calls. KaTeX marks the token that it rejects with combining
  /// underscores in its message. If the token came out of a macro, its position is one in the
  /// macro's text and thus useless.
  private static let driver = #"""
    var sitegenMacros = {};
    function sitegenDefine(definitions) {
      katex.renderToString(definitions, {macros: sitegenMacros, strict: "ignore"});
    }
    function sitegenMacro(name, body) { sitegenMacros[name] = body; }
    function sitegenTypeset(tex, display) {
      try {
        return "+" + katex.renderToString(tex, {
          displayMode: display !== "", macros: Object.assign({}, sitegenMacros),
          strict: "ignore", trust: false, throwOnError: true, maxSize: 100, maxExpand: 1000,
        });
      } catch (error) {
        var text = String(error.message);
        var position = typeof error.position === "number" ? error.position : -1;
        var token = (text.match(/[^]\u0332/g) || []).map(function (s) { return s[0]; }).join("");
        var known = / at end of input: /.test(text)
          ? position === tex.length : tex.substr(position, token.length) === token;
        var parts = /^KaTeX parse error: ([^]*?)(?: at position \d+: [^]*| at end of input: [^]*)?$/
          .exec(text);
        var message = error.name === "RangeError" ? "Too deeply nested" : parts ? parts[1] : text;
        return "-" + (known ? position : -1) + "," + token.length + "," + message;
      }
    }
    """#
}
