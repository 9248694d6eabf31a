import Charts
import Diagnostics
import Markdown
import Mustache
import Storage
import Theme

/// The templates of a site: its own in `templates/`, and the theme's for the rest.
struct TemplateLibrary: Sendable {
  /// The maximum number of bytes of a template. At each tag the library measures the rest of the
  /// text, which takes a second for this many bytes of tags.
  private static let mostBytes = 262_144

  private var library = MustacheLibrary()
  private(set) var names: [String] = []
  private var known: Set<String> = []
  /// Style sheets, scripts and other files published below `assets/`, by their path below the
  /// template folder.
  private(set) var assets: [String: OutputTree.Content] = [:]

  /// Reads the templates and reports the mistakes in them.
  ///
  /// - Parameter html: How authors' HTML is handled: where it is escaped, templates must not undo
  ///   that.
  /// - Throws: An error of listing or reading the template folder.
  init(
    _ sources: SourceTree, html: MarkdownOptions.HTMLPolicy, diagnostics: inout [Diagnostic]
  ) throws(FileError) {
    var texts: [String: SourceFile] = [:]
    let figures = [
      (path: "assets/figures.css", text: FigureAssets.styleSheet),
      (path: "assets/figures.js", text: FigureAssets.script),
    ]
    for (path, text) in Theme.files + figures {
      let bytes = Array(text.utf8)
      if path.hasPrefix("assets/") {
        assets[path] = .bytes(bytes)
      } else {
        texts[Self.name(path)] = SourceFile(path: "templates/" + path, bytes: bytes)
      }
    }
    let folder = Discovery.templateFolder
    let listing = try sources.listing(below: folder)
    diagnostics += listing.skipped.map { .skipped($0) }
    for path in listing.paths {
      let relative = String(path.dropFirst(folder.count + 1))
      if relative.hasPrefix("assets/") {
        assets[relative] = .copy(of: path)
      } else if relative.hasSuffix(".html") {
        texts[Self.name(relative)] = SourceFile(path: path, bytes: try sources.read(path))
      }
    }
    names = texts.keys.sorted()
    known = Set(names)
    var near = NearNames()
    let includes = TemplateIncludes(texts)
    diagnostics += includes.diagnostics
    MarkupText.register()
    for name in names {
      let file = texts[name]!
      guard file.bytes.count <= Self.mostBytes else {
        diagnostics.append(.templateTooLong(file, most: Self.mostBytes))
        continue
      }
      let scan = TemplateScan(file)
      diagnostics += scan.diagnostics(knowing: names, known, html: html, &near)
      guard !includes.refused.contains(name) else { continue }
      do {
        let text = MarkupText.pragma + String(decoding: file.bytes, as: UTF8.self)
        library.register(try MustacheTemplate(string: text), named: name)
      } catch {
        diagnostics.append(.badTemplate(error, in: file))
      }
    }
  }

  func contains(_ name: String) -> Bool { known.contains(name) }

  func render(_ context: TemplateMapping, with name: String) -> [UInt8] {
    Array((library.render(context, withTemplate: name) ?? "").utf8)
  }

  /// The text of an asset, for pages that contain it.
  func text(ofAsset path: String, _ sources: SourceTree) -> String {
    switch assets[path] {
    case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
    case .copy(let source):
      (try? sources.read(source)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    case nil: ""
    }
  }

  private static func name(_ path: String) -> String { String(path.dropLast(".html".count)) }
}

extension Diagnostic {
  fileprivate static func templateTooLong(_ file: SourceFile, most: Int) -> Diagnostic {
    Diagnostic(
      "template.too-large", path: file.path,
      message: "the template has \(file.bytes.count) bytes, and at most \(most) are read",
      hint: "put scripts and styles below `templates/assets/`, and texts into articles")
  }

  fileprivate static func badTemplate(_ error: any Error, in file: SourceFile) -> Diagnostic {
    guard let error = error as? MustacheTemplate.ParserError else {
      return Diagnostic(
        "template.syntax", path: file.path, message: "this template cannot be read: \(error)")
    }
    // The pragma is an additional first line.
    let line = file.lineRange(min(max(1, error.context.lineNumber - 1), file.lineCount))
    let (message, hint) = explanation(of: error.error)
    return Diagnostic(
      "template.syntax", path: file.path, range: line, message: message, hint: hint)
  }

  private static func explanation(of error: any Error) -> (String, hint: String) {
    switch error as? MustacheTemplate.Error {
    case .sectionCloseNameIncorrect:
      ("this tag closes a section that is not the open one", "close sections in the reverse order")
    case .expectedSectionEnd:
      ("a section is never closed", "add `{{/name}}` after its last line")
    case .unfinishedName: ("a tag is never closed", "close it with `}}`")
    case .illegalTokenInsideInheritSection, .textInsideInheritSection:
      (
        "only `{{$name}}` blocks are allowed within `{{<template}}`",
        "move the rest into a block"
      )
    case .transformAppliedToInheritanceSection:
      ("a block cannot be transformed", "name it without the function")
    case .invalidSetDelimiter: ("these delimiters cannot be used", "write `{{=<% %>=}}`")
    case .invalidConfigVariableSyntax, .unrecognisedConfigVariable:
      ("this pragma is not known", "remove it")
    case nil: ("this template cannot be read: \(error)", "see the manual of Mustache")
    }
  }
}
