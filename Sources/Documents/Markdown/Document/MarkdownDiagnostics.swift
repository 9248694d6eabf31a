package import Diagnostics

/// The mistakes that an author can make in an article, with one constructor for each id.
extension Diagnostic {
  private static func markdown(
    _ id: String, _ range: Range<Int>, _ file: SourceFile, _ message: String, _ hint: String?,
    notes: [Note] = [], severity: Severity = .warning
  ) -> Diagnostic {
    Diagnostic(
      ID(rawValue: "markdown." + id), severity, path: file.path, range: range, message: message,
      hint: hint, notes: notes)
  }

  // MARK: Bytes

  static func invalidUTF8(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "invalid-utf8", range, file,
      "these bytes at offset \(range.lowerBound) are not UTF-8",
      "save the file as UTF-8", severity: .error)
  }

  // MARK: Formulas

  static func unclosedFormula(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "unclosed-formula", range, file, "this formula is never closed",
      "close it with `$$` before the next blank line, or write `\\$\\$` for dollar signs")
  }

  static func duplicateLabel(
    _ label: String, _ range: Range<Int>, _ first: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "duplicate-label", range, file, "the label `\(label)` is used twice on this page",
      "give one of the equations another label",
      notes: [Note("it is first used here", path: file.path, range: first)])
  }

  static func unknownLabel(
    _ label: String, _ range: Range<Int>, _ near: String?, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "unknown-label", range, file, "no equation of this page has the label `\(label)`",
      near ?? "write `\\label{\(label)}` in the equation that is meant")
  }

  // MARK: Attribute lists and extensions

  static func badAttribute(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "bad-attribute", range, file, "`\(file.text(range))` is not an attribute",
      "write `#id`, `.class` or `name=\"value\"`")
  }

  static func strayAttributeList(at range: Range<Int>, in file: SourceFile) -> Diagnostic {
    markdown(
      "stray-attributes", range, file, "this attribute list belongs to no block",
      "put it on the line right below or right above a block")
  }

  static func unknownReference(
    _ name: String, _ range: Range<Int>, _ near: String?, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "unknown-attributes", range, file, "no attribute definition is named `\(name)`",
      near.map { "did you mean `\($0)`?" }
        ?? "define it with `{:\(name): .class}`, or write `.\(name)` for a class")
  }

  static func contentsWithoutList(
    _ name: String, _ range: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "contents-without-list", range, file, "there is no list for `{:\(name)}` to replace",
      "write `* \(name)` on the line above")
  }

  static func unknownExtension(
    _ name: String, _ range: Range<Int>, _ known: [String], _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "unknown-extension", range, file, "no extension is named `\(name)`",
      nameHint(for: name, among: known))
  }

  static func unclosedExtension(
    _ name: String, _ range: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "unclosed-extension", range, file, "`{::\(name)}` is never closed",
      "end it with a line `{:/\(name)}`")
  }

  static func ignoredOptions(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "ignored-options", range, file, "kramdown's options in an article have no effect",
      "set them in the site's configuration")
  }

  static func unknownAlert(_ word: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    let known = AlertKind.allCases.map { $0.name.uppercased() }
    return markdown(
      "unknown-alert", range, file, "no alert is named `\(word)`",
      nameHint(for: word, among: known))
  }

  // MARK: HTML

  static func unknownTag(_ name: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "unknown-tag", range, file, "HTML has no element `\(name)`, so the tag is shown as text",
      "write `\\<` or put it in backquotes if text is meant")
  }

  static func unclosedElement(
    _ name: [UInt8], _ range: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    let name = String(decoding: name, as: UTF8.self)
    return markdown(
      "unclosed-element",
      range.lowerBound..<min(range.lowerBound + name.utf8.count + 1, range.upperBound),
      file, "the element `\(name)` is never closed", "end it with a line `</\(name)>`")
  }

  static func refusedLink(
    _ destination: String, _ range: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    let scheme = BrowserAddress(destination).scheme ?? "data"
    return markdown(
      "refused-link", range, file, "links to `\(scheme):` are refused where HTML is escaped",
      "link to a page or to a file instead")
  }

  static func outsideImage(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "outside-image", range, file,
      "where HTML is escaped, pictures of other sites are not loaded; this one becomes a link",
      "put the picture into the site's folder")
  }

  static func refusedAttribute(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "refused-attribute", range, file, "this attribute is refused where HTML is escaped",
      "use an id or a class, and the site's style sheet")
  }

  /// Whether the diagnostic reports something that is refused because HTML is escaped.
  package var isRefusal: Bool {
    ["markdown.refused-link", "markdown.outside-image", "markdown.refused-attribute"]
      .contains(id.rawValue)
  }

  // MARK: Footnotes and ids

  static func duplicateFootnote(
    _ label: String, _ range: Range<Int>, _ first: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "duplicate-footnote", range, file, "the footnote `\(label)` is defined twice",
      "rename one of them; the first is used",
      notes: [Note("it is first defined here", path: file.path, range: first)])
  }

  static func undefinedFootnote(
    _ label: String, _ range: Range<Int>, _ near: String?, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "undefined-footnote", range, file, "the footnote `\(label)` is not defined",
      near ?? "define it with `[^\(label)]: …`")
  }

  static func unusedFootnote(_ label: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic
  {
    markdown(
      "unused-footnote", range, file, "nothing refers to the footnote `\(label)`",
      "refer to it with `[^\(label)]`, or delete it")
  }

  static func duplicateID(
    _ id: String, _ range: Range<Int>, _ first: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "duplicate-id", range, file, "the id `\(id)` is used twice on this page",
      "give one of the two another id",
      notes: [Note("it is first used here", path: file.path, range: first)])
  }

  package static func unresolvedReference(
    _ id: String, _ range: Range<Int>, _ near: String?, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "unresolved-reference", range, file, "nothing on this page has the id `\(id)`",
      near.map { "did you mean `#\($0)`?" }
        ?? "give the figure, table or heading the id with `{: #\(id)}`", severity: .error)
  }

  // MARK: Code

  static func unclosedFence(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "unclosed-fence", range, file, "this code block is never closed",
      "end it with the same fence on a line of its own")
  }

  static func badFenceAttributes(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "bad-fence-attributes", range, file, "the attributes of this code block cannot be read",
      "write them as `{title=\"a.py\" lines=\"2,4-6\"}`")
  }

  static func badFirstLine(
    _ value: String, _ range: Range<Int>, _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "bad-first-line", range, file, "the lines of a code block cannot be numbered from `\(value)`",
      "write a whole number from 0 to 1000000000, or `numbers` alone")
  }

  static func badLines(_ value: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "bad-lines", range, file, "`\(value)` is not a list of lines",
      "write line numbers from 1 and ranges of them: `2,4-6`")
  }

  static func unknownFenceAttribute(
    _ name: String, _ range: Range<Int>, _ known: [String], _ file: SourceFile
  ) -> Diagnostic {
    markdown(
      "unknown-fence-attribute", range, file, "code blocks have no attribute `\(name)`",
      nameHint(for: name, among: known))
  }

  static func badExperimentID(_ id: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "bad-experiment-id", range, file, "`\(id)` cannot be an experiment's id",
      "use lower-case letters, digits and hyphens", severity: .error)
  }

  static func includeOutside(_ path: String, _ range: Range<Int>, _ file: SourceFile) -> Diagnostic
  {
    markdown(
      "include-outside", range, file, "`\(path)` is not below the site's root",
      "name a file by its path from the site's root, without `..`", severity: .error)
  }

  static func nestedTooDeeply(_ range: Range<Int>, _ file: SourceFile) -> Diagnostic {
    markdown(
      "nested-too-deeply", range, file,
      "blocks are nested more than \(BlockParser.maximumDepth) deep here",
      "what is deeper is read as text")
  }
}
