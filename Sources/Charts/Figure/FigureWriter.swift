import Localization
import Markup

/// Writes a figure's HTML in document order, and collects the content of its files.
struct FigureWriter {
  private let figure: Figure
  private let id: String
  private let withFiles: Bool
  private let words: Words
  private var html = MarkupWriter()
  /// SVG files of the panels.
  private var svgFiles: [String] = []
  /// A description of each panel.
  private var descriptions: [String] = []
  /// All data of each panel, for the CSV file.
  private var tables: [DataTable] = []
  /// Tables in the disclosure below the figure.
  private var disclosed: [[UInt8]] = []
  /// Reasons why panels have no table there, without duplicates.
  private var notes: [String] = []

  /// - Parameters:
  ///   - id: Begins all ids in the figure.
  ///   - withFiles: Whether to create the CSV and the SVG files too.
  init(_ figure: Figure, id: String, withFiles: Bool) {
    self.figure = figure
    self.id = id
    self.withFiles = withFiles
    words = Words(tag: figure.language)
    html.raw("<figure class=\"figure\" id=\"\(id)\">")
  }

  /// Writes the panels, or the frames with their panels.
  mutating func writeContent() {
    switch figure.content {
    case .panels(let panels): write(panels, prefix: id, frame: nil)
    case .frames(let slider, let frames):
      let name = Label(slider).plain
      html.raw(
        "<div class=\"frames\" data-name=\"\(escaped(name))\" data-play=\"\(words(.play))\">")
      for (index, frame) in frames.enumerated() {
        let label = "\(name) \(frame.label)"
        html.raw("<div class=\"frame\" data-label=\"\(escaped(frame.label))\">")
        html.raw("<p class=\"frame-label\">\(escaped(label))</p>")
        write(frame.panels, prefix: "\(id)-f\(index + 1)", frame: label)
        html.raw("</div>")
      }
      html.raw("</div>")
    }
  }

  private mutating func write(_ panels: [any Chart], prefix: String, frame: String?) {
    let besideEachOther = panels.count { !$0.takesWholeRow }
    func context(_ index: Int) -> DrawingContext {
      DrawingContext(
        id: "\(prefix)-\(index + 1)",
        width: figure.width ?? (besideEachOther > 1 ? 400 : 640), height: figure.height,
        allowsDirectLabels: besideEachOther == 1 && frame == nil, words: words)
    }
    let drawings = panels.enumerated().map { index, chart in
      var drawing = chart.draw(in: context(index))
      if let alternative = chart.alternative { drawing.description = alternative }
      return drawing
    }
    // Panels with equal legends share one.
    let legends = drawings.map(\.legend).filter { !$0.isEmpty }
    let isShared = legends.count > 1 && legends.allSatisfy { $0 == legends[0] }
    if isShared { Figure.writeLegend(legends[0], isNarrowOnly: false, to: &html) }
    html.raw(besideEachOther > 1 ? "<div class=\"panels many\">" : "<div class=\"panels\">")
    for (index, drawing) in drawings.enumerated() {
      drawing.writePanel(
        id: "\(prefix)-\(index + 1)", hasOwnLegend: !isShared,
        isWhole: panels[index].takesWholeRow, words: words, to: &html)
      if withFiles {
        let standalone = panels[index].standaloneDrawing(in: context(index)) ?? drawing
        if let file = standalone.svgFile { svgFiles.append(file) }
        tables.append(panels[index].data)
      }
      if let table = drawing.table { disclosed.append(table) }
      if let note = drawing.tableNote, !notes.contains(note) { notes.append(note) }
      describe(drawing, frame: frame, isOnly: drawings.count == 1)
    }
    html.raw("</div>")
  }

  /// Adds the drawing's description, preceded by the names of its frame and panel where there are
  /// several.
  private mutating func describe(_ drawing: Drawing, frame: String?, isOnly: Bool) {
    guard !drawing.description.isEmpty else { return }
    let title = Label(drawing.title).plain
    let lead = [frame, title.isEmpty ? nil : title].compactMap(\.self)
      .joined(separator: words(.comma))
    descriptions.append(
      lead.isEmpty || isOnly && frame == nil
        ? drawing.description : lead + words(.colon) + drawing.description)
  }

  mutating func writeCaption() {
    guard let caption = figure.caption else { return }
    html.raw("<figcaption>")
    html.raw(caption)
    html.raw("</figcaption>")
  }

  /// Writes the data in a disclosure, with links to its files, and the caller's extra HTML.
  mutating func writeData() {
    let links = [(figure.csvLink, words(.wholeData)), (figure.jsonLink, words(.wholeResult))]
      .compactMap { link, name in
        link.map { "<a href=\"\(escaped($0))\" download=\"\">\(name)</a>" }
      }
    let hasData = !disclosed.isEmpty || !links.isEmpty || !notes.isEmpty
    guard hasData || figure.extra != nil else { return }
    html.raw("<div class=\"figure-more\">")
    if hasData {
      let name = words(.data)
      html.raw("<details class=\"figure-data\"><summary>\(name)</summary>")
      for table in disclosed {
        html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"\(name)\">")
        html.raw(table)
        html.raw("</div>")
      }
      for note in notes { html.element("p", text: note) }
      if !links.isEmpty { html.raw("<p>\(links.joined(separator: words(.semicolon)))</p>") }
      html.raw("</details>")
    }
    if let extra = figure.extra { html.raw(extra) }
    html.raw("</div>")
  }

  /// Ends the figure and returns its HTML and files.
  mutating func finished() -> RenderedFigure {
    html.raw("</figure>\n")
    let csv = tables.filter { !$0.columns.isEmpty }.map(\.csvBytes).joined(separator: [13, 10])
    return RenderedFigure(
      html: html.string, svg: svgFiles,
      description: figure.alternative ?? descriptions.joined(separator: words(.sentenceGap)),
      csv: String(decoding: Array(csv), as: UTF8.self))
  }
}
