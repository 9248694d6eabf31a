import DecimalText
import Localization
import Markup

/// A line of text with simple mathematics: letters in italics, superscripts and subscripts.
struct Label: Sendable, Hashable {
  enum Shift: Sendable { case none, up, down }

  struct Run: Sendable, Hashable {
    var text: String
    var shift = Shift.none
    var isItalic = false
  }

  private(set) var runs: [Run] = []

  /// Font size of superscripts and subscripts relative to the text around them.
  static let scriptSize = 0.75

  init(runs: [Run]) { self.runs = runs }

  /// - Parameter source: Plain text, with simple TeX between dollar signs.
  init(_ source: String) {
    guard source.utf8.contains(UInt8(ascii: "$")) else {
      if !source.isEmpty { runs = [Run(text: source)] }
      return
    }
    var plain = ""
    var rest = Substring(source)
    while let character = rest.popFirst() {
      if character == "\\", rest.first == "$" {
        rest.removeFirst()
        plain.append("$")
      } else if character == "$", let end = rest.firstIndex(of: "$") {
        append(Run(text: plain))
        plain = ""
        var parser = LabelMathParser(rest[..<end])
        for run in parser.runs() { append(run) }
        rest = rest[rest.index(after: end)...]
      } else {
        plain.append(character)
      }
    }
    append(Run(text: plain))
  }

  mutating func append(_ run: Run) {
    guard !run.text.isEmpty else { return }
    if let last = runs.last, last.shift == run.shift, last.isItalic == run.isItalic {
      runs[runs.count - 1].text += run.text
    } else {
      runs.append(run)
    }
  }

  var isEmpty: Bool { runs.isEmpty }

  /// Upper bound of the width in pixels.
  func width(size: Double) -> Double {
    runs.reduce(0) { sum, run in
      sum + FontMetrics.width(run.text, size: run.shift == .none ? size : size * Self.scriptSize)
    }
  }

  /// The label as plain text, with Unicode superscripts and subscripts where they exist.
  var plain: String {
    var text = ""
    for run in runs {
      switch run.shift {
      case .none: text += run.text
      case .up: text += LabelMathParser.raised(run.text) ?? "^" + run.text
      case .down: text += LabelMathParser.lowered(run.text) ?? "_" + run.text
      }
    }
    return text
  }

  /// Writes the label as the content of a `<text>` element.
  func writeSVG(to svg: inout MarkupWriter) {
    var offset = 0.0  // of the baseline, in em of the surrounding text
    for run in runs {
      let target: Double =
        switch run.shift {
        case .none: 0
        case .up: -0.38
        case .down: 0.22
        }
      let size = run.shift == .none ? 1 : Self.scriptSize
      let move = target - offset
      if move == 0, run.shift == .none, !run.isItalic {
        svg.text(run.text)
      } else {
        svg.element(
          "tspan",
          [
            "dy": move == 0 ? nil : fixed(move / size, 2, trimmingZeros: true) + "em",
            "font-size": size == 1 ? nil : ".75em",
            "font-style": run.isItalic ? "italic" : nil,
          ], text: run.text)
      }
      offset = target
    }
  }

  /// The label as HTML.
  var html: String {
    var html = MarkupWriter()
    for run in runs {
      let tag: String? =
        switch run.shift {
        case .none: nil
        case .up: "sup"
        case .down: "sub"
        }
      if let tag { html.open(tag) }
      if run.isItalic { html.element("i", text: run.text) } else { html.text(run.text) }
      if let tag { html.close(tag) }
    }
    return html.string
  }
}
