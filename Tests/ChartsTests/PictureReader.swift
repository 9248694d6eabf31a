import Foundation

@testable import Charts

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// Parses a figure's markup as XML: ids, references to them, and positions of text in a panel of a
/// given width, by the metrics used for layout.
final class PictureReader: NSObject, XMLParserDelegate {
  struct Text {
    var string: String
    var left: Double
    var right: Double
    var baseline: Double
    var size: Double
  }

  struct Picture {
    var texts: [Text] = []
    var width = 0.0
    var height = 0.0
  }

  private(set) var ids: [String] = []
  private(set) var references: [String] = []
  private(set) var pictures: [Picture] = []
  /// Numeric attributes with an invalid value.
  private(set) var nonsense: [String] = []
  private(set) var failure: String?

  private let panelWidth: Double
  /// The inner corner and size of each open `<svg>` and `<g>`.
  private var frames: [(x: Double, y: Double, width: Double, height: Double)] = []
  private var hidden = 0
  private var elements: [(isHidden: Bool, hasFrame: Bool)] = []
  private var picture: Picture?
  private var pictureDepth = 0
  private var text: Text?
  private var anchor = "start"
  private var run = 1.0

  init(_ markup: String, panelWidth: Double = 640) {
    self.panelWidth = panelWidth
    super.init()
    let parser = XMLParser(data: Data(markup.utf8))
    parser.delegate = self
    if !parser.parse() { failure = String(describing: parser.parserError) }
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    if let id = attributes["id"] { ids.append(id) }
    for key in ["aria-labelledby", "aria-describedby", "data-table"] {
      if let value = attributes[key] { references.append(value) }
    }
    if let target = attributes["href"], target.hasPrefix("#") {
      references.append(String(target.dropFirst()))
    }
    for (key, value) in attributes
    where ["d", "x", "y", "style", "viewBox", "points"].contains(key)
      || key.hasPrefix("data-x") || key == "data-y" || key == "data-v"
    {
      if value.contains(/(?i)\b(nan|inf|infinity)\b/) { nonsense.append("\(key)=\(value)") }
    }
    let classes = (attributes["class"] ?? "").split(separator: " ").map(String.init)
    let isWide = panelWidth >= Double(DrawingContext.wideWidth)
    let isHidden = classes.contains(isWide ? "n" : "w")
    if isHidden { hidden += 1 }
    var hasFrame = false
    if name == "svg", classes.contains("chart") {
      hasFrame = true
      open(attributes, classes, isWide: isWide)
    } else if picture != nil, name == "svg" || name == "g" {
      hasFrame = true
      let outer = frames[frames.count - 1]
      var (x, y) = (0.0, 0.0)
      if name == "svg" {
        x = length(attributes["x"], of: outer.width)
        y = length(attributes["y"], of: outer.height)
      } else if let move = attributes["transform"]?.firstMatch(
        of: /translate\((-?[\d.]+) (-?[\d.]+)\)/)
      {
        (x, y) = (Double(move.1)!, Double(move.2)!)
      }
      frames.append((outer.x + x, outer.y + y, outer.width, outer.height))
      if let own = attributes["text-anchor"] { anchor = own }
    } else if name == "text", picture != nil, hidden == 0 {
      let outer = frames[frames.count - 1]
      let x =
        outer.x + length(attributes["x"], of: outer.width) + (Double(attributes["dx"] ?? "") ?? 0)
      let y =
        outer.y + length(attributes["y"], of: outer.height) + (Double(attributes["dy"] ?? "") ?? 0)
      let size = classes.lazy.compactMap { Self.sizes[$0] }.first ?? sizes.last ?? TextSize.tick
      anchor = attributes["text-anchor"] ?? (name == "text" ? groupAnchor : "start")
      text = Text(string: "", left: x, right: x, baseline: y, size: size)
    } else if name == "tspan" {
      run = attributes["font-size"] == nil ? 1 : Label.scriptSize
    }
    if name == "g" {
      anchors.append(attributes["text-anchor"] ?? groupAnchor)
      sizes.append(classes.lazy.compactMap { Self.sizes[$0] }.first ?? sizes.last ?? TextSize.tick)
    }
    elements.append((isHidden, hasFrame))
  }

  /// Text sizes as in `drawing.css`.
  private static let sizes = [
    "tick": TextSize.tick, "note": 12, "cell": 12, "value": 12, "gradient": 12,
    "label": TextSize.label, "name": TextSize.label, "empty": 12.5, "layer-name": 13,
    "node-name": 14,
  ]
  private var sizes: [Double] = []
  private var anchors: [String] = ["start"]
  private var groupAnchor: String { anchors.last ?? "start" }

  private func open(_ attributes: [String: String], _ classes: [String], isWide: Bool) {
    let style = attributes["style"] ?? ""
    func pixels(_ name: String) -> Double? {
      style.firstMatch(
        of: try! Regex("(?:^|;)\(name):(-?[\\d.]+)px", as: (Substring, Substring).self)
      )
      .flatMap { Double($0.1) }
    }
    picture = Picture()
    pictureDepth = elements.count
    if classes.contains("fluid"),
      let padding = style.firstMatch(of: /padding:(\d+)px (\d+)px (\d+)px (\d+)px/)
    {
      let top = Double(padding.1)!
      let right = isWide ? pixels("--wide-right") ?? Double(padding.2)! : Double(padding.2)!
      let bottom = Double(padding.3)!
      let left = Double(padding.4)!
      let width = min(panelWidth, pixels("max-width") ?? panelWidth)
      picture?.width = width
      picture?.height = pixels("height") ?? 0
      frames = [(left, top, width - left - right, (pixels("height") ?? 0) - top - bottom)]
    } else if classes.contains("plane"),
      let ratio = style.firstMatch(of: /aspect-ratio:(\d+)\/(\d+)/)
    {
      let left = pixels("--l") ?? 0
      let right = (isWide ? pixels("--wide-right") : nil) ?? pixels("--r") ?? 0
      let (top, bottom) = (pixels("padding-top") ?? 0, pixels("padding-bottom") ?? 0)
      let width = min(panelWidth - left - right, pixels("max-width") ?? panelWidth)
      let height = width * Double(ratio.2)! / Double(ratio.1)!
      picture?.width = width + left + right
      picture?.height = height + top + bottom
      frames = [(left, top, width, height)]
    } else if let box = attributes["viewBox"]?.split(separator: " ").compactMap({ Double($0) }),
      box.count == 4
    {
      picture?.width = box[2]
      picture?.height = box[3]
      frames = [(0, 0, box[2], box[3])]
    }
  }

  private func length(_ text: String?, of whole: Double) -> Double {
    guard let text else { return 0 }
    return text.hasSuffix("%") ? (Double(text.dropLast()) ?? 0) / 100 * whole : Double(text) ?? 0
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    guard text != nil else { return }
    text!.string += string
    text!.right += FontMetrics.width(string, size: text!.size * run)
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    let element = elements.removeLast()
    if element.isHidden { hidden -= 1 }
    if name == "g" {
      anchors.removeLast()
      sizes.removeLast()
    }
    if name == "tspan" { run = 1 }
    if name == "text", var done = text {
      let width = done.right - done.left
      let shift = anchor == "end" ? width : anchor == "middle" ? width / 2 : 0
      (done.left, done.right) = (done.left - shift, done.right - shift)
      if !done.string.isEmpty { picture?.texts.append(done) }
      text = nil
    }
    if element.hasFrame, !frames.isEmpty { frames.removeLast() }
    if picture != nil, elements.count == pictureDepth {
      if hidden == 0, !element.isHidden { pictures.append(picture!) }
      picture = nil
      frames = []
    }
  }

  /// Texts that overlap others or extend beyond their picture, by the metrics.
  var collisions: [String] {
    var found: [String] = []
    for picture in pictures {
      for (index, a) in picture.texts.enumerated() {
        if a.left < -2 || a.right > picture.width + 2 || a.baseline > picture.height + 1
          || a.baseline < 0.5 * a.size
        {
          found.append("\"\(a.string)\" leaves its picture")
        }
        for b in picture.texts[(index + 1)...]
        where min(a.right, b.right) - max(a.left, b.left) > 1
          && (a.baseline - b.baseline).magnitude < 0.75 * min(a.size, b.size)
        {
          found.append("\"\(a.string)\" lies on \"\(b.string)\"")
        }
      }
    }
    return found
  }
}
