import Diagnostics
import NeuralNetworks
import PositionedYAML

extension OptionDecoder {
  /// The job of a `plot`.
  mutating func plot(_ subject: BlockNode) -> PlotJob? {
    let items: [BlockNode] =
      if case .list(let items) = subject.content { items } else { [subject] }
    let names = items.compactMap { $0.scalar.flatMap { TermSyntax($0) }?.name.text }
    let isAboutSchedules =
      isGiven("rate") || isGiven("epochs")
      || names.contains {
        Registry.entry(.schedule, $0) != nil && Registry.entry(.activation, $0) == nil
      }
    let kinds: [Kind] = isAboutSchedules ? [.schedule, .activation] : [.activation, .schedule]
    var functions: [PlotJob.Function] = []
    for item in items {
      guard let text = item.scalar?.trimmed, let syntax = TermSyntax(text) else {
        report(
          Diagnostic(
            "nn.type", path: path, range: item.range,
            message: "`plot` takes functions, not \(item.kindInWords)",
            hint: "such as `plot: [sigmoid, tanh]`"))
        continue
      }
      guard let term = term(syntax, kinds) else { continue }
      functions.append(PlotJob.Function(term: term, label: text.text))
      if term.kind != functions[0].term.kind {
        report(
          Diagnostic(
            "nn.contradiction", path: path, range: syntax.range,
            message: "activations and schedules do not share an axis",
            hint: "write a block for each"))
      }
    }
    if items.isEmpty || items.count > 24 {
      report(
        Diagnostic(
          "nn.type", path: path, range: subject.range,
          message: "`plot` takes 1 to 24 functions, not \(items.count)"))
    }
    let isSchedules = functions.first?.term.kind == .schedule
    for name in isSchedules ? ["x", "points", "derivatives"] : ["rate", "epochs"]
    where isGiven(name) {
      report(
        Diagnostic(
          "nn.contradiction", path: path, range: places.options[name]!,
          message: "`\(name)` has no meaning for \(isSchedules ? "schedules" : "activations")",
          hint: "leave it out"))
    }
    // All options are decoded before any is used, so that every error is reported.
    let (x, points) = (range("x"), integer("points"))
    let derivatives = word("derivatives").flatMap(PlotJob.Derivatives.init(rawValue:))
    let (rate, epochs) = (number("rate"), integer("epochs"))
    guard let x, let points, let derivatives, let rate, let epochs else { return nil }
    return PlotJob(
      functions: functions, low: x.lowerBound, high: x.upperBound, points: points,
      derivatives: derivatives, rate: rate, epochs: epochs)
  }
}
