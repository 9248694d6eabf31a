import Diagnostics
import Markdown

/// The tags of a template, read independently of the library that renders it: Mustache renders
/// nothing for an unknown name, which hides every typing mistake.
struct TemplateScan {
  private struct Name {
    var text: String
    var range: Range<Int>
    var isPartial: Bool
    /// Whether its value is not escaped: `{{{name}}}`, `{{&name}}`.
    var isRaw: Bool
  }

  private let file: SourceFile
  private var names: [Name] = []

  init(_ file: SourceFile) {
    self.file = file
    let bytes = file.bytes
    var index = 0
    while index + 3 < bytes.count {
      guard bytes[index] == UInt8(ascii: "{"), bytes[index + 1] == UInt8(ascii: "{") else {
        index += 1
        continue
      }
      var start = index + 2
      guard let end = bytes[start...].firstIndex(of: UInt8(ascii: "}")) else { return }
      index = end + 1
      let mark = bytes[start]
      if "!$=%".utf8.contains(mark) { continue }
      if "#^/&{><".utf8.contains(mark) { start += 1 }
      var range = start..<max(start, end)
      while range.lowerBound < range.upperBound, bytes[range.lowerBound] == 32 {
        range = (range.lowerBound + 1)..<range.upperBound
      }
      while range.lowerBound < range.upperBound, bytes[range.upperBound - 1] == 32 {
        range = range.lowerBound..<(range.upperBound - 1)
      }
      var text = file.text(range)
      if let open = text.lastIndex(of: "("), text.hasSuffix(")") {
        text = String(text[text.index(after: open)...].prefix { $0 != ")" })
      }
      if mark != UInt8(ascii: "/"), !text.isEmpty, !text.hasPrefix("*") {
        let isPartial = mark == UInt8(ascii: ">") || mark == UInt8(ascii: "<")
        let isRaw = mark == UInt8(ascii: "{") || mark == UInt8(ascii: "&")
        names.append(Name(text: text, range: range, isPartial: isPartial, isRaw: isRaw))
      }
    }
  }

  /// The names whose values are HTML.
  private static let markup: Set<String> = ["title_html", "content", "contents", "inline_style"]

  /// - Parameters:
  ///   - templates: The names of all templates of the site, in their order and as a set.
  ///   - html: How authors' HTML is handled.
  func diagnostics(
    knowing templates: [String], _ known: Set<String>, html: MarkdownOptions.HTMLPolicy,
    _ near: inout NearNames
  ) -> [Diagnostic] {
    return names.compactMap { name in
      if name.isRaw, html == .escape, !Self.markup.contains(name.text) {
        return .rawText(name.text, at: name.range, in: file)
      }
      if name.isPartial {
        if known.contains(name.text) { return nil }
        let hint = near.hint(for: name.text, among: templates)
        return .unknownPartial(name.text, at: name.range, hint, in: file)
      }
      // Custom front matter keys can have any name.
      let parts = name.text.split(separator: ".").map(String.init)
      if parts.first == "extra" || parts.dropFirst().first == "extra" { return nil }
      guard let unknown = parts.first(where: { !PageContext.names.contains($0) }) else {
        return nil
      }
      return .unknownTemplateName(unknown, at: name.range, in: file)
    }
  }
}

extension Diagnostic {
  fileprivate static func unknownPartial(
    _ name: String, at range: Range<Int>, _ hint: String?, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "template.unknown-template", path: file.path, range: range,
      message: "no template is named `\(name)`", hint: hint)
  }

  fileprivate static func rawText(
    _ name: String, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "template.raw-text", path: file.path, range: range,
      message: "`\(name)` would be written as HTML, which the site escapes",
      hint: "write it with two braces: `{{\(name)}}`")
  }

  fileprivate static func unknownTemplateName(
    _ name: String, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "template.unknown-name", .warning, path: file.path, range: range,
      message: "pages have nothing named `\(name)`",
      hint: nearestName(to: name, among: PageContext.names).map { "did you mean `\($0)`?" })
  }
}
