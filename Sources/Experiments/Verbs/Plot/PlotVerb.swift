import Charts
import JSON
import NeuralNetworks

/// `plot`: functions of one variable.
struct PlotVerb: VerbDefinition {
  let name = "plot"
  let summary = "functions of one variable: activations or schedules, and their derivatives"
  let subject = "a function, or a list of functions"

  var subjectSchema: JSON {
    let function = LanguageReference.any(
      ["activation", "schedule", "variable"].map(LanguageReference.reference))
    return LanguageReference.any([function, LanguageReference.list(function)])
  }

  let options: [BlockOption] =
    [
      BlockOption(.subject, "x", .range, default: "-6..6", "the interval that is drawn"),
      BlockOption(
        .subject, "derivatives", .word(["false", "true", "only"]), default: "false",
        "draws the derivatives beside the functions, or instead of them"),
      BlockOption(
        .subject, "points", .integer, .from(2, to: 2000), default: "241",
        "numbers at which a function is computed"),
      BlockOption(
        .subject, "rate", .number, .above(0), default: "0.1", "the learning rate of schedules"),
      BlockOption(
        .subject, "epochs", .integer, .from(1, to: 100_000), default: "100", unit: "epochs",
        "the length of schedules"),
    ] + [.vary, .slider, .expect] + BlockOption.common

  let metrics: [MetricName] = [
    MetricName(.lowest, "minimum of a function in the interval"),
    MetricName(.highest, "maximum of a function in the interval"),
    MetricName(.steepest, "largest magnitude of its derivative in the interval"),
  ]

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    decoder.plot(subject)
  }

  func impliedSelectors(of subject: BlockNode) -> [String] {
    subject.isList ? [] : MetricKey.lowest.selectors
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.curves(groups, hiding: slider)
  }

  func text(of result: ExperimentResult) -> [String] { [result.curveTable] }
}

extension Verb {
  package static let plot = Verb(PlotVerb())
}

extension PlotJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost {
    let points = Quantity(isSchedules ? epochs : points)
    let numbers = points * Quantity(functions.count) * (isSchedules ? 1 : 2)
    return JobCost(engine: Engine.cost(ofNumbers: numbers))
  }

  /// With a single function, claims may omit its name.
  var impliedSelectors: [String] { functions.count == 1 ? MetricKey.lowest.selectors : [] }
}
