import Diagnostics
import Site

/// What must hold for every page, whatever its input. Each check returns sentences about what does
/// not hold, each starting with a word for its kind and a colon.
enum PageChecks {
  /// Checks what must hold for any page.
  static func wellFormed(_ page: [UInt8], _ path: String) -> [String] {
    var faults: [String] = []
    // Fragments are cleaned only when they become part of a page.
    if page.contains(0), path.contains(".") { faults.append("nul: \(path) holds a NUL") }
    if String(validating: page, as: UTF8.self) == nil {
      faults.append("utf8: \(path) is not UTF-8")
    }
    return faults
  }

  /// Checks that the numbers in drawings are finite.
  static func drawings(_ scan: MarkupScan, _ path: String) -> [String] {
    let names: Set<String> = [
      "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "d", "points", "width",
      "height",
      "transform", "viewbox", "stroke-width", "font-size",
    ]
    for tag in scan.tags {
      for (name, value) in tag.attributes where names.contains(name) {
        let text = value.lowercased()
        if text.contains("nan") || text.contains("inf") {
          return ["drawing: \(path): <\(tag.name) \(name)=\"\(value.prefix(60))\">"]
        }
      }
    }
    return []
  }

  private static let urlNames: Set<String> = [
    "href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "cite",
    "ping",
    "srcset", "longdesc", "manifest", "codebase", "lowsrc", "dynsrc", "from", "to", "values",
  ]
  private static let forbidden: Set<String> = [
    "iframe", "object", "embed", "base", "frame", "frameset", "applet", "portal", "foreignobject",
    "animate", "set",
  ]

  /// Checks that nothing an author wrote can run, where HTML is escaped.
  static func inert(_ scan: MarkupScan, _ path: String) -> [String] {
    var faults: [String] = []
    func refuse(_ tag: MarkupScan.Tag, _ what: String) {
      faults.append("script: \(path): \(what) in <\(tag.name)>")
    }
    for tag in scan.tags where !tag.isEnd {
      if tag.name == "script" { checkScript(tag, refuse) }
      if forbidden.contains(tag.name) { refuse(tag, "an element that no page needs") }
      // The page for addresses that do not exist contains its own style sheet.
      if tag.name == "style", path != "404.html" { refuse(tag, "a style sheet") }
      if tag.name == "use", !(tag["href"] ?? "").hasPrefix("#") {
        refuse(tag, "something elsewhere")
      }
      if tag.name == "meta", tag["http-equiv"] != nil, path.hasSuffix(".html"),
        addresses(tag["content"] ?? "").contains(where: isScript)
      {
        refuse(tag, "a refresh")
      }
      for (name, value) in tag.attributes {
        if name.hasPrefix("on") { refuse(tag, "\(name)=\"\(value.prefix(40))\"") }
        if name == "srcdoc" { refuse(tag, "srcdoc") }
        if urlNames.contains(name), isScript(value), !(tag.name == "img" && isPicture(value)) {
          refuse(tag, "\(name)=\"\(value.prefix(40))\"")
        }
        if name == "style", value.lowercased().contains("url(") || value.contains("@import") {
          refuse(tag, "style=\"\(value.prefix(60))\"")
        }
      }
    }
    return faults
  }

  private static func checkScript(
    _ tag: MarkupScan.Tag, _ refuse: (MarkupScan.Tag, String) -> Void
  ) {
    let source = tag["src"] ?? ""
    let parts = source.split(separator: "/", omittingEmptySubsequences: false)
    let isTheme =
      parts.count >= 2 && parts[parts.count - 2] == "assets" && source.hasSuffix(".js")
      && parts.dropLast(2).allSatisfy { $0 == ".." } && tag.rawText.isEmpty
    if !isTheme { refuse(tag, "a script that is none of the theme's: \(source.prefix(60))") }
  }

  private static func addresses(_ content: String) -> [String] {
    content.split(separator: ";").map { part in
      let text = part.drop { $0 == " " }
      return text.lowercased().hasPrefix("url=") ? String(text.dropFirst(4)) : String(text)
    }
  }

  /// Whether a browser would run an address as a script.
  private static func isScript(_ address: String) -> Bool {
    let plain = String(
      String.UnicodeScalarView(
        address.unicodeScalars.drop { $0.value <= 32 }.filter { ![9, 10, 13].contains($0.value) })
    ).lowercased()
    return ["javascript:", "vbscript:", "data:"].contains { plain.hasPrefix($0) }
  }

  /// Whether an address is a raster image, which cannot contain a script.
  private static func isPicture(_ address: String) -> Bool {
    ["png", "gif", "jpeg", "webp"].contains { address.hasPrefix("data:image/\($0);base64,") }
  }

  private static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
  ]

  /// Checks that elements are closed in order and that no `<` is text. Where HTML is escaped, all
  /// elements are the program's own.
  static func balanced(_ scan: MarkupScan, _ path: String) -> [String] {
    if let place = scan.bareBrackets.first {
      return ["bare: \(path) has a bare < at byte \(place)"]
    }
    var open: [String] = []
    for tag in scan.tags {
      if tag.isEnd {
        guard open.last == tag.name else {
          return ["tags: \(path): </\(tag.name)> where <\(open.last ?? "nothing")> is open"]
        }
        open.removeLast()
      } else if !void.contains(tag.name), !tag.isSelfClosing {
        open.append(tag.name)
      }
    }
    return open.isEmpty ? [] : ["tags: \(path): <\(open.joined(separator: ", "))> never closed"]
  }

  /// Checks that a message's range is in its file, and that it cannot move the cursor of a
  /// terminal.
  static func diagnostics(
    _ diagnostics: [Diagnostic], file: (String) -> SourceFile?
  ) -> [String] {
    var faults: [String] = []
    for diagnostic in diagnostics.prefix(200) {
      let places =
        [(diagnostic.path, diagnostic.range)] + diagnostic.notes.map { ($0.path, $0.range) }
      for (path, range) in places {
        guard let range, let source = file(path) else { continue }
        if range.upperBound > source.bytes.count {
          faults.append("range: \(diagnostic.id.rawValue) ends behind \(path)")
        }
      }
      if faults.isEmpty, diagnostic.message.isEmpty {
        faults.append("message: \(diagnostic.id.rawValue) says nothing")
      }
    }
    guard faults.isEmpty else { return faults }
    for diagnostic in diagnostics.prefix(20) {
      let text = diagnostic.rendered(file: file)
      if let scalar = text.unicodeScalars.first(where: isControl) {
        // The number comes last, where it does not distinguish findings.
        let id = diagnostic.id.rawValue
        faults.append(
          "control: \(id) shows a control character, \(String(repeating: ".", count: 40))"
            + "U+\(String(scalar.value, radix: 16))")
        break
      }
    }
    return faults
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 32 && scalar != "\n" && scalar != "\t" || (127..<160).contains(scalar.value)
  }
}
