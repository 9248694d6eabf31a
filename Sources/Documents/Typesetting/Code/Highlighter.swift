/// highlight.js in a JavaScript context of its own.
final class Highlighter {
  private let context: ScriptContext

  /// - Parameters:
  ///   - library: The JavaScript engine.
  ///   - script: The source of highlight.js, including all languages.
  init(_ library: ScriptLibrary, script: String) throws(ScriptError) {
    context = ScriptContext(library)
    // Scripts written for browsers look for the global object under these names.
    try context.run("var self = this, window = this;", name: "globals.js")
    try context.run(script, name: "highlight.js")
    try context.run(Self.driver, name: "driver.js")
  }

  /// The name under which highlight.js registers a language, which may be given by an alias; `nil`
  /// if it does not know the language.
  func canonicalName(of language: String) throws(ScriptError) -> String? {
    let name = String(decoding: try context.call("sitegenLanguage", language), as: UTF8.self)
    return name.isEmpty ? nil : name
  }

  /// - Parameter language: A name or alias that highlight.js knows.
  func highlight(_ text: String, language: String) throws(ScriptError) -> [UInt8] {
    try context.call("sitegenHighlight", language, text)
  }

  private static let driver = #"""
    function sitegenLanguage(alias) {
      var language = hljs.getLanguage(alias);
      if (!language) return "";
      var names = hljs.listLanguages().sort();
      for (var i = 0; i < names.length; i++)
        if (names[i] === alias || hljs.getLanguage(names[i]) === language) return names[i];
      return alias;
    }
    function sitegenHighlight(language, text) {
      return hljs.highlight(language, text, true).value;
    }
    """#
}
