import Charts
import DecimalText
import Localization
import Markup

extension ExperimentResult {
  /// The TeX of all formulas of ``figure(_:)``, in order, without duplicates.
  package var formulas: [String] { FigureMaker(self, FigureContext()).formulas }

  /// The author's caption as written, the argument of ``FigureContext/prose``; `nil` if there is
  /// none.
  package var caption: String? { experiment.display.caption }

  /// The block's text, the argument of ``FigureContext/code``; `nil` if it is not shown.
  package var echoedText: String? {
    experiment.display.echo == .hidden ? nil : experiment.text
  }

  /// The figure's HTML. Ids in it begin with the experiment's id.
  package func figure(_ context: FigureContext) -> String {
    let maker = FigureMaker(self, context)
    return maker.echoAbove + maker.figure.rendered(id: experiment.id, withFiles: false).html
  }

  /// The figure's panels as self-contained SVG files, and their description.
  package func drawings(_ context: FigureContext) -> (svg: [String], description: String) {
    let rendered = FigureMaker(self, context).figure.render(id: experiment.id)
    return (rendered.svg, rendered.description)
  }
}

/// Converts a result to a figure. The verb makes the charts.
struct FigureMaker {
  let result: ExperimentResult
  let context: FigureContext
  let words: Words

  init(_ result: ExperimentResult, _ context: FigureContext) {
    self.result = result
    self.context = context
    words = Words(tag: context.language)
  }

  var experiment: Experiment { result.experiment }
  var display: Experiment.Display { experiment.display }
  var runs: [Run] { result.outcome.runs }

  /// The TeX that the page must convert before the figure is made, in the order of use, without
  /// duplicates.
  var formulas: [String] {
    guard experiment.verb.definition.showsFormulas else { return [] }
    let collector = FormulaCollector()
    var context = context
    context.formula = { tex in
      collector.add(tex)
      return ""
    }
    _ = FigureMaker(result, context).panels(of: groups)
    return collector.formulas
  }

  var figure: Figure {
    var figure = Figure(
      content, caption: captionMarkup, alternative: display.alternative,
      csvLink: context.csvLink, jsonLink: context.jsonLink, language: context.language)
    figure.width = display.width
    figure.height = display.height
    figure.extra = foldedEcho
    return figure
  }

  private var content: Figure.Content {
    guard let slider = display.slider else { return .panels(panels(of: groups)) }
    let verb = experiment.verb.definition
    if verb.sliders.contains(slider) {
      let own = verb.frames(groups, for: slider, in: self)
      return .frames(slider: own.title, Self.sharingScales(own.frames))
    }
    guard let index = experiment.variables.firstIndex(where: { $0.name == slider }) else {
      return .panels(panels(of: groups))
    }
    let frames = experiment.variables[index].values.map { value in
      Figure.Frame(
        value, panels(of: groups.filter { $0.variables[index].value == value }, hiding: slider))
    }
    return .frames(slider: slider, Self.sharingScales(frames))
  }

  /// Frames whose corresponding charts share their scales.
  static func sharingScales(_ frames: [Figure.Frame]) -> [Figure.Frame] {
    var frames = frames
    guard let count = frames.first?.panels.count, frames.allSatisfy({ $0.panels.count == count })
    else { return frames }
    for panel in 0..<count {
      let charts = Facets.sharingScales(frames.map { $0.panels[panel] })
      for (index, chart) in charts.enumerated() {
        frames[index].panels[panel] = chart
      }
    }
    return frames
  }

  private func panels(of groups: [RunGroup], hiding slider: String? = nil) -> [any Chart] {
    experiment.verb.definition.charts(groups, hiding: slider, in: self)
  }

  // MARK: Around the panels

  private var block: String {
    "<pre class=\"nn-echo\"><code>\(context.code(experiment.text))</code></pre>"
  }

  /// The block's text above its result, if it is shown unfolded.
  var echoAbove: String { display.echo == .shown ? block : "" }

  /// The block's text in a disclosure of the figure, if it is folded.
  private var foldedEcho: String? {
    guard display.echo == .folded else { return nil }
    return "<details class=\"nn-echo\"><summary>\(escaped(words.shownBlock))</summary>\(block)"
      + "</details>"
  }

  private var captionMarkup: String? {
    var parts: [String] = []
    if let caption = display.caption {
      parts.append("<span class=\"nn-caption\">\(context.prose(caption))</span>")
    }
    let summary = ([RunSummary(experiment, words).text] + divergences).filter { !$0.isEmpty }
    if !summary.isEmpty {
      parts.append(
        "<span class=\"nn-run\">\(summary.map(escaped).joined(separator: " "))</span>")
    }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// Sentences that say which runs diverged, and when.
  private var divergences: [String] {
    zip(experiment.plans, runs).compactMap { plan, run in
      guard let epoch = run[.divergedEpoch] else { return nil }
      let seeds = plan.seed.map { ["seed=\($0)"] } ?? []
      let label = (plan.variables.map { "\($0.name)=\($0.value)" } + seeds).joined(separator: ", ")
      let text = words(.diverged(epoch: epoch)) + words(.sentenceEnd)
      return label.isEmpty ? text.prefix(1).uppercased() + text.dropFirst() : "\(label): \(text)"
    }
  }
}

/// The runs of one combination of variables, one for each repeat.
struct RunGroup {
  /// The plan of the first run.
  var plan: RunPlan
  var runs: [Run]

  /// The value of each variable of `vary`.
  var variables: [NamedValue] { plan.variables }

  /// Mean and deviation of a metric over the repeats; `nil` if the runs lack it.
  func spread(_ key: MetricKey) -> Spread? {
    let values = runs.compactMap { $0.metric(key) }
    return values.isEmpty ? nil : Spread(values)
  }

  /// The values of the variables except hidden ones: the group's label in a panel.
  func label(hiding hidden: [String?]) -> String {
    variables.filter { variable in !hidden.contains(variable.name) }
      .map { "\($0.name) \($0.value)" }.joined(separator: ", ")
  }

  /// The epoch of divergence of the first diverged run; `nil` if none diverged.
  var divergedEpoch: String? { runs.lazy.compactMap { $0[.divergedEpoch] }.first }
}

extension FigureMaker {
  var groups: [RunGroup] {
    var groups: [RunGroup] = []
    for (plan, run) in zip(experiment.plans, runs) {
      if let last = groups.last, last.variables == plan.variables {
        groups[groups.count - 1].runs.append(run)
      } else {
        groups.append(RunGroup(plan: plan, runs: [run]))
      }
    }
    return groups
  }

  /// The first variable without a slider, shown by color; the others are shown by panels.
  func colorVariable(hiding slider: String?) -> Experiment.Variable? {
    experiment.variables.first { $0.name != slider }
  }

  /// The groups by panel; a panel's title is the values of the variables that distinguish it.
  func facets(_ groups: [RunGroup], hiding slider: String?) -> [(title: String, groups: [RunGroup])]
  {
    let color = colorVariable(hiding: slider)?.name
    var facets: [(title: String, groups: [RunGroup])] = []
    for group in groups {
      let title = group.label(hiding: [color, slider])
      if let index = facets.firstIndex(where: { $0.title == title }) {
        facets[index].groups.append(group)
      } else {
        facets.append((title, [group]))
      }
    }
    return facets
  }

  /// The scale that the block requests, or the default for the quantity.
  func scale(_ usual: Axis.Scale) -> Axis.Scale {
    switch display.scale {
    case "linear": .linear
    case "log": .log
    default: usual
    }
  }

  func joined(_ parts: String...) -> String {
    parts.filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
