/// What KaTeX's style sheet says about fonts: enough of CSS to know which font file each character
/// of a formula is drawn from.
struct FormulaStyleSheet {
  private struct Face: Hashable {
    var family: String
    var isBold: Bool
    var isItalic: Bool
  }

  /// What a rule sets; `nil` where it leaves what is inherited.
  private struct Change {
    var family: String?
    var isBold: Bool?
    var isItalic: Bool?
  }

  /// One element in a selector: `span.delimsizing.mult`, and whether its parent must be the one
  /// before.
  private struct Compound {
    var name: String?
    var classes: [String]
    var isChild: Bool
  }

  private struct Rule {
    var compounds: [Compound]
    var change: Change
    /// The number of classes, then of names: a higher one wins, then a later one.
    var specificity: Int
  }

  private struct Element {
    var name: String
    var classes: [String]
    /// Indices of the rules that fit the element, wherever it stands.
    var rules: [Int]
    var face: Face
  }

  private var rules: [Rule] = []
  /// Font file names without their extension.
  private var files: [Face: String] = [:]
  /// The style sheet without its `@font-face` rules.
  private(set) var rest = ""
  /// The `@font-face` rule for each font, with its WOFF2 file only.
  private(set) var faces: [String: String] = [:]

  /// - Parameter css: `katex.min.css`.
  init(_ css: String) {
    let bytes = Array(css.utf8)
    var offset = 0
    while offset < bytes.count {
      guard let open = bytes[offset...].firstIndex(of: UInt8(ascii: "{")),
        let close = bytes[open...].firstIndex(of: UInt8(ascii: "}"))
      else { break }
      let head = Self.trimmed(String(decoding: bytes[offset..<open], as: UTF8.self))
      let body = String(decoding: bytes[open + 1..<close], as: UTF8.self)
      if head == "@font-face" {
        addFace(body)
      } else {
        rest += "\(head){\(body)}\n"
        addRules(head, body)
      }
      offset = close + 1
    }
    // A stable sort: `rules` stands in the order of the sheet.
    rules = rules.enumerated()
      .sorted { ($0.element.specificity, $0.offset) < ($1.element.specificity, $1.offset) }
      .map(\.element)
  }

  // MARK: Reading the style sheet

  private mutating func addFace(_ body: String) {
    let change = Self.change(body)
    guard let family = change.family, let name = Self.between("url(fonts/", ".woff2)", body) else {
      return
    }
    let face = Face(
      family: family, isBold: change.isBold ?? false, isItalic: change.isItalic ?? false)
    files[face] = name
    faces[name] = """
      @font-face{font-family:\(family);src:url(fonts/\(name).woff2) format("woff2");\
      font-weight:\(face.isBold ? 700 : 400);font-style:\(face.isItalic ? "italic" : "normal");\
      font-display:swap}

      """
  }

  private mutating func addRules(_ head: String, _ body: String) {
    let change = Self.change(body)
    guard change.family != nil || change.isBold != nil || change.isItalic != nil else { return }
    for selector in head.split(separator: ",") where !selector.contains(":") {
      var compounds: [Compound] = []
      var isChild = false
      for word in selector.replacing(">", with: " > ").split(separator: " ") {
        guard word != ">" else {
          isChild = true
          continue
        }
        let parts = word.split(separator: ".", omittingEmptySubsequences: false)
        compounds.append(
          Compound(
            name: parts[0].isEmpty ? nil : String(parts[0]),
            classes: parts.dropFirst().map(String.init), isChild: isChild))
        isChild = false
      }
      let specificity = compounds.reduce(0) {
        $0 + 100 * $1.classes.count + ($1.name == nil ? 0 : 1)
      }
      rules.append(Rule(compounds: compounds, change: change, specificity: specificity))
    }
  }

  private static func change(_ body: String) -> Change {
    var change = Change()
    for declaration in body.split(separator: ";") {
      let parts = declaration.split(separator: ":", maxSplits: 1).map { trimmed(String($0)) }
      guard parts.count == 2 else { continue }
      switch parts[0] {
      case "font-family": change.family = family(in: parts[1])
      case "font-weight": change.isBold = parts[1] == "bold" || parts[1] == "700"
      case "font-style": change.isItalic = parts[1] == "italic"
      case "font":
        change = Change(family: family(in: parts[1]), isBold: false, isItalic: false)
      default: break
      }
    }
    return change
  }

  private static func family(in value: String) -> String? {
    guard let start = value.firstRange(of: "KaTeX_") else { return nil }
    return String(value[start.lowerBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" })
  }

  // MARK: Asking it

  /// The rules that may style an element of these classes, in the order in which they win.
  private func rules(for element: Element) -> [Int] {
    rules.indices.filter { Self.fits(rules[$0].compounds.last!, element) }
  }

  private static func fits(_ compound: Compound, _ element: Element) -> Bool {
    (compound.name == nil || compound.name == element.name)
      && compound.classes.allSatisfy(element.classes.contains)
  }

  private static func matches(
    _ compounds: ArraySlice<Compound>, _ stack: ArraySlice<Element>
  ) -> Bool {
    guard let compound = compounds.last else { return true }
    guard let element = stack.last, fits(compound, element) else { return false }
    let before = compounds.dropLast()
    guard !before.isEmpty else { return true }
    var above = stack.dropLast()
    if compound.isChild { return matches(before, above) }
    while !above.isEmpty {
      if matches(before, above) { return true }
      above.removeLast()
    }
    return false
  }

  /// The font file that a browser takes: of the family, the style first, then the weight.
  private func file(_ face: Face) -> String? {
    for (bold, italic) in [
      (face.isBold, face.isItalic), (!face.isBold, face.isItalic), (face.isBold, !face.isItalic),
      (!face.isBold, !face.isItalic),
    ] {
      let name = files[Face(family: face.family, isBold: bold, isItalic: italic)]
      if let name { return name }
    }
    return nil
  }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }

  private static func between(_ start: String, _ end: String, _ text: String) -> String? {
    guard let from = text.firstRange(of: start),
      let to = text[from.upperBound...].firstRange(of: end)
    else { return nil }
    return String(text[from.upperBound..<to.lowerBound])
  }
}

extension FormulaStyleSheet {
  /// Finds the fonts of one formula after another, and remembers the elements it has met: the same
  /// few come again and again.
  struct FontFinder {
    private let sheet: FormulaStyleSheet
    /// By what stands between `<` and `>` up to the end of the classes.
    private var known: [ArraySlice<UInt8>: Element] = [:]

    init(_ sheet: FormulaStyleSheet) { self.sheet = sheet }

    /// The fonts that draw the characters of KaTeX's HTML.
    mutating func fonts(in html: [UInt8]) -> FormulaFonts {
      var used: Set<Face> = []
      var stack: [Element] = []
      var offset = 0
      while offset < html.count {
        guard html[offset] == UInt8(ascii: "<") else {
          let end = html[offset...].firstIndex(of: UInt8(ascii: "<")) ?? html.count
          if let face = stack.last?.face, Self.isInk(html[offset..<end]) { used.insert(face) }
          offset = end
          continue
        }
        let end = (html[offset...].firstIndex(of: UInt8(ascii: ">")) ?? html.count - 1) + 1
        let tag = html[offset + 1..<max(offset + 1, end - 1)]
        offset = end
        if tag.starts(with: "math ".utf8) {
          // Nothing within MathML is drawn.
          offset = Self.end(ofMathIn: html, from: end)
        } else if tag.first == UInt8(ascii: "/") {
          _ = stack.popLast()
        } else if tag.last != UInt8(ascii: "/") {
          push(tag, on: &stack)
        }
      }
      return FormulaFonts(used.compactMap(sheet.file))
    }

    private mutating func push(_ tag: ArraySlice<UInt8>, on stack: inout [Element]) {
      // KaTeX writes the classes first.
      let isClassed = tag.starts(with: Self.classed)
      let name = tag.prefix { $0 != 0x20 }
      let key =
        isClassed
        ? tag[
          ..<(tag.dropFirst(Self.classed.count).firstIndex(of: UInt8(ascii: "\"")) ?? tag.endIndex)]
        : name
      var element: Element
      if let met = known[key] {
        element = met
      } else {
        let classes = isClassed ? key.dropFirst(Self.classed.count).split(separator: 0x20) : []
        element = Element(
          name: String(decoding: name, as: UTF8.self),
          classes: classes.map { String(decoding: $0, as: UTF8.self) }, rules: [],
          face: Face(family: "", isBold: false, isItalic: false))
        element.rules = sheet.rules(for: element)
        known[ArraySlice(Array(key))] = element
      }
      if let above = stack.last { element.face = above.face }
      stack.append(element)
      for index in element.rules
      where FormulaStyleSheet.matches(sheet.rules[index].compounds[...], stack[...]) {
        let change = sheet.rules[index].change
        if let family = change.family { stack[stack.count - 1].face.family = family }
        if let isBold = change.isBold { stack[stack.count - 1].face.isBold = isBold }
        if let isItalic = change.isItalic { stack[stack.count - 1].face.isItalic = isItalic }
      }
    }

    private static let classed = Array("span class=\"".utf8)

    private static func end(ofMathIn html: [UInt8], from start: Int) -> Int {
      let marker = Array("</math>".utf8)
      var offset = start
      while let next = html[offset...].firstIndex(of: UInt8(ascii: "<")) {
        if html[next...].starts(with: marker) { return next + marker.count }
        offset = next + 1
      }
      return html.count
    }

    /// Whether a text has anything to draw: spaces and KaTeX's zero-width space have not.
    private static func isInk(_ text: ArraySlice<UInt8>) -> Bool {
      var rest = text
      while let byte = rest.first {
        if byte == 0x20 || byte == 0x0A {
          rest = rest.dropFirst()
        } else if rest.starts(with: [0xE2, 0x80, 0x8B]) {
          rest = rest.dropFirst(3)
        } else {
          return true
        }
      }
      return false
    }
  }
}
