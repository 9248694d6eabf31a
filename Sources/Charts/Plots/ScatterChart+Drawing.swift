import Localization
import Markup

extension ScatterChart {
  /// Each point with the name of its set.
  package var data: DataTable {
    PointLayer.table(sets, x: x, y: y, setName: "set")
  }

  /// Points of all sets, thinned evenly where there are more than ``PointLayer/limit``.
  package func draw(in context: DrawingContext) -> Drawing {
    let frame = squareFrame(
      nil, points: sets, x: x, y: y, context: context, hasEqualUnits: hasEqualUnits)
    var drawing = Drawing(frame.shape, title: title)
    var svg = MarkupWriter()
    let layer = PointLayer(sets, on: frame)
    frame.write(to: &svg) { svg in layer.write(sets, id: context.id, to: &svg) }
    if sets.allSatisfy({ $0.x.isEmpty }) { svg.noData(context.words) }
    drawing.body = svg.bytes
    if sets.count > 1 { drawing.legend = PointLayer.legend(sets) }
    drawing.name = context.words.over(y.label, x.label)
    drawing.description = description(every: layer.every, words: context.words)
    drawing.script = PointerReadout.points(
      sets.map { Label($0.name).plain }, on: frame, x: axisName(x, "x"), y: axisName(y, "y"))
    drawing.table = PointLayer.table(
      sets, x: x, y: y, setName: context.words(.pointSet)
    ).html(id: context.id + "-data", caption: Label(title).plain, words: context.words)
    return drawing
  }

  private func description(every: Int, words: Words) -> String {
    var parts: [String] = []
    var lost = 0
    for set in sets {
      var xs = Extent()
      var ys = Extent()
      for (x, y) in zip(set.x, set.y) {
        if x.isFinite, y.isFinite {
          xs.add(x)
          ys.add(y)
        } else {
          lost += 1
        }
      }
      guard !xs.isEmpty else { continue }
      let name = Label(set.name).plain
      let lead = name.isEmpty ? "" : "\(name): "
      let n = { NumberText.reading($0, digits: 3) }
      parts.append(
        words(
          .pointsRange(
            name: lead, count: xs.finiteCount, x: axisName(x, "x"), xLow: n(xs.low),
            xHigh: n(xs.high), y: axisName(y, "y"), yLow: n(ys.low), yHigh: n(ys.high))))
    }
    var sentences = [parts.joined(separator: words(.semicolon))]
    if parts.isEmpty { sentences = [words(.nothingToDraw)] }
    if lost > 0 { sentences.append(words(.pointsNotFinite(count: lost))) }
    if every > 1 {
      sentences.append(words(.onePointDrawnIn(count: every)))
    }
    return words.sentences(sentences)
  }

  private func axisName(_ axis: Axis, _ other: String) -> String {
    axis.label.isEmpty ? other : Label(axis.label).plain
  }
}

extension MarkupWriter {
  /// Writes "no data" in the middle of an empty plot.
  mutating func noData(_ words: Words) {
    element(
      "text", ["class": "empty", "x": "50%", "y": "50%", "text-anchor": "middle"],
      text: words(.noData))
  }
}
