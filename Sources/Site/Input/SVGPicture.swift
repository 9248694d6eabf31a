import Markdown

/// Checks an SVG file for anything beyond a picture: scripts, event handlers, other namespaces, and
/// requests to another host.
///
/// Only listed elements are allowed, and a file that this small XML reader cannot read to its end
/// is refused, so that nothing depends on how browsers repair broken markup.
struct SVGPicture {
  /// What is wrong, as the words after "pictures with", and where.
  struct Mistake: Hashable {
    var reason: String
    var range: Range<Int>
  }

  private let bytes: [UInt8]
  private var at = 0

  /// The first reason not to publish a file; `nil` for a plain picture.
  static func mistake(in bytes: [UInt8]) -> Mistake? {
    var picture = SVGPicture(bytes: bytes)
    return picture.read()
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private static let elements: Set<String> = [
    "svg", "g", "defs", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "title", "desc", "metadata", "image", "linearGradient",
    "radialGradient", "stop", "pattern", "clipPath", "mask", "marker", "style", "filter", "switch",
    "view", "a", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite",
    "feConvolveMatrix", "feDiffuseLighting", "feDisplacementMap", "feDistantLight",
    "feDropShadow", "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur",
    "feMerge", "feMergeNode", "feMorphology", "feOffset", "fePointLight", "feSpecularLighting",
    "feSpotLight", "feTile", "feTurbulence",
  ]
  /// Namespace prefixes of metadata that drawing programs write and browsers ignore.
  private static let notes: Set<String> = [
    "rdf", "cc", "dc", "sodipodi", "inkscape", "serif", "sketch",
  ]
  private static let namespace = "http://www.w3.org/2000/svg"

  private mutating func read() -> Mistake? {
    guard !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else {
      return Mistake(reason: "another encoding than UTF-8", range: 0..<0)
    }
    if has([0xEF, 0xBB, 0xBF]) { at = 3 }
    if has("<?xml ") {
      guard let end = find("?>") else { return unreadable(at) }
      if text(at..<end).lowercased().contains("encoding"),
        !["utf-8", "us-ascii", "iso-8859-1"].contains(where: text(at..<end).lowercased().contains)
      {
        return Mistake(reason: "another encoding than UTF-8", range: at..<end)
      }
      at = end
    }
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "<") else {
        at += 1
        continue
      }
      if let mistake = readMarkup() { return mistake }
    }
    return nil
  }

  private mutating func readMarkup() -> Mistake? {
    let start = at
    if has("<!--") {
      guard let end = find("-->") else { return unreadable(start) }
      at = end
    } else if has("<!DOCTYPE") {
      guard let end = find(">"), !bytes[start..<end].contains(UInt8(ascii: "[")) else {
        return Mistake(reason: "entities of their own", range: start..<start + 9)
      }
      at = end
    } else if has("</") {
      guard let end = find(">") else { return unreadable(start) }
      at = end
    } else if has("<!") || has("<?") {
      return Mistake(reason: "sections or instructions", range: start..<start + 2)
    } else {
      return readTag()
    }
    return nil
  }

  private mutating func readTag() -> Mistake? {
    let start = at
    at += 1
    while at < bytes.count, !isSpace(bytes[at]), !">/=\"'<".utf8.contains(bytes[at]) { at += 1 }
    let name = text(start + 1..<at)
    let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let isKnown =
      parts.count == 1
      ? Self.elements.contains(name)
      : parts.count == 2
        && (Self.notes.contains(parts[0]) || parts[0] == "svg" && Self.elements.contains(parts[1]))
    guard isKnown else { return Mistake(reason: "`\(name)` elements", range: start..<at) }
    while true {
      while at < bytes.count, isSpace(bytes[at]) { at += 1 }
      guard at < bytes.count else { return unreadable(start) }
      if has("/>") {
        at += 2
        return nil
      }
      if bytes[at] == UInt8(ascii: ">") {
        at += 1
        return parts.last == "style" ? readStyle() : nil
      }
      if let mistake = readAttribute(of: parts.last ?? "") { return mistake }
    }
  }

  private mutating func readAttribute(of element: String) -> Mistake? {
    let start = at
    while at < bytes.count, !isSpace(bytes[at]), !">/=\"'<".utf8.contains(bytes[at]) { at += 1 }
    let name = text(start..<at)
    while at < bytes.count, isSpace(bytes[at]) { at += 1 }
    guard !name.isEmpty, at < bytes.count, bytes[at] == UInt8(ascii: "=") else {
      return unreadable(start)
    }
    at += 1
    while at < bytes.count, isSpace(bytes[at]) { at += 1 }
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
      let end = bytes[(at + 1)...].firstIndex(of: bytes[at])
    else { return unreadable(start) }
    let value = text(at + 1..<end)
    at = end + 1
    let isBad = Self.isActive(name: name, value, of: element)
    return isBad ? Mistake(reason: "`\(name)` attributes such as this", range: start..<at) : nil
  }

  private static func isActive(name: String, _ value: String, of element: String) -> Bool {
    let local = String(name.split(separator: ":").last ?? "").lowercased()
    let prefix = name.contains(":") ? String(name.prefix { $0 != ":" }) : ""
    // Character references are refused where the value decides: they could disguise it.
    let hasReference = value.utf8.contains(UInt8(ascii: "&"))
    if name == "xmlns" { return value != namespace }
    if prefix == "xmlns" {
      let isSVG = value == namespace
      return hasReference || isSVG != (local == "svg") || value.lowercased().contains("xhtml")
        || value.lowercased().contains("mathml")
    }
    if local.hasPrefix("on") || local == "base" || local == "ping" { return true }
    if local == "href" || local == "src" {
      let address = BrowserAddress(value)
      guard
        !hasReference
          || value.utf8.count(where: { $0 == UInt8(ascii: "&") })
            == value.ranges(of: "&amp;").count
      else { return true }
      return !(element == "a" ? address.mayBeLinked : address.mayBeShown)
    }
    return isActive(style: value, hasReference: hasReference)
  }

  /// Whether a style sheet or an attribute value refers to anything outside its own file.
  private static func isActive(style: String, hasReference: Bool) -> Bool {
    let bare = style.utf8.filter {
      $0 > 32 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "'")
    }.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }
    guard bare.contains(UInt8(ascii: "(")) else { return false }
    if hasReference || bare.contains(UInt8(ascii: "\\")) { return true }
    for index in bare.indices where bare[index] == UInt8(ascii: "(") {
      let before = bare[..<index]
      func ends(with name: String) -> Bool {
        before.suffix(name.utf8.count).elementsEqual(name.utf8)
      }
      if ["image-set", "image", "src", "cross-fade", "expression"].contains(where: ends) {
        return true
      }
      if ends(with: "url"), !bare[index...].dropFirst().starts(with: "#".utf8) { return true }
    }
    return false
  }

  /// Reads the text of a style sheet.
  private mutating func readStyle() -> Mistake? {
    let start = at
    guard let close = find("</") else { return unreadable(start) }
    var sheet = text(start..<close - 2)
    if sheet.utf8.drop(while: isSpace).starts(with: "<![CDATA[".utf8) {
      sheet = sheet.replacing("<![CDATA[", with: "").replacing("]]>", with: "")
    }
    at = close - 2
    let isBad =
      sheet.utf8.contains(where: "<\\&@".utf8.contains)
      || Self.isActive(style: sheet, hasReference: false)
    return isBad ? Mistake(reason: "such style sheets", range: start..<close - 2) : nil
  }

  private func unreadable(_ start: Int) -> Mistake {
    Mistake(reason: "mistakes in their XML", range: start..<min(start + 1, bytes.count))
  }

  private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

  private func has(_ mark: some Collection<UInt8>) -> Bool { bytes[at...].starts(with: mark) }
  private func has(_ mark: String) -> Bool { has(Array(mark.utf8)) }

  /// The index after the next occurrence of a text.
  private func find(_ mark: String) -> Int? {
    let mark = Array(mark.utf8)
    var index = at
    while index + mark.count <= bytes.count {
      if bytes[index] == mark[0], bytes[index...].starts(with: mark) { return index + mark.count }
      index += 1
    }
    return nil
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
