import Charts
import Diagnostics
import JSON
import Localization
import NeuralNetworks
import PositionedYAML

/// `dataset`: the samples of a data set.
struct DatasetVerb: VerbDefinition {
  let name = "dataset"
  let summary = "a data set: its picture and its columns"
  let subject = "a data set"

  var subjectSchema: JSON {
    LanguageReference.any(["dataset", "variable"].map(LanguageReference.reference))
  }

  let options: [BlockOption] = [.axes, .seed, .vary, .show, .expect] + BlockOption.common

  let metrics: [MetricName] = [
    .samples, MetricName(.features, "numbers of a sample"),
    MetricName(.classes, "classes of the targets"),
  ]

  let show: [Show] = [.scatter, .histograms, .boxes, .classes, .images, .columns]

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    guard let text = subject.scalar?.trimmed, let syntax = TermSyntax(text) else {
      decoder.report(
        .wrongType(of: name, subject, wanted: "one data set", decoder.path))
      return nil
    }
    decoder.places.options["data"] = subject.range
    let (term, seed) = (decoder.term(syntax, [.dataset]), decoder.integer("seed"))
    guard let term, let seed else { return nil }
    return DatasetJob(term: term, seed: UInt64(seed))
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.datasets(groups)
  }

  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String] {
    let job = plan.job(as: DatasetJob.self)
    return [RunSummary.short(job.term), words(.seed(seed: job.seed))]
  }

  func text(of result: ExperimentResult) -> [String] {
    result.each { $0.text(of: ColumnTable.self) }
  }
}

extension Verb {
  package static let dataset = Verb(DatasetVerb())
}

extension BlockOption {
  static let axes = BlockOption(
    .subject, "axes", .names, isDisplay: true,
    "the two columns that the scatter plot shows; by default the first two")
}

// Words of `show` that only `dataset` has.
extension Show {
  static let scatter = Show("scatter", "the samples over two columns")
  static let histograms = Show(
    "histograms", "the distribution of each column, class by class")
  static let boxes = Show("boxes", "quartiles of each column, class by class")
  static let classes = Show("classes", "how many samples each class has")
  static let images = Show("images", "the first samples as images")
  static let columns = Show("columns", "a table of the columns")
}

// MARK: Before the run

extension DatasetJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost {
    let outline = try context.outlines(term)
    try Self.check(context.display.show, of: outline)
    try Self.check(axes: context.display[.axes], of: outline)
    return JobCost(engine: Engine.cost(of: outline))
  }

  /// Checks that the data set can be shown as requested.
  private static func check(_ show: [Show], of data: DatasetOutline) throws(EngineError) {
    if show.contains(.images), !data.isImages {
      throw .option("show", problem: "the samples are not images: write `scatter`")
    }
    for word in [Show.histograms, .boxes] where show.contains(word) && data.isImages {
      throw .option("show", problem: "the samples are images: write `images`")
    }
    if show.contains(.classes), !data.hasClasses {
      throw .option("show", problem: "the targets are not classes: leave `classes` out")
    }
    if show.contains(.scatter), data.isImages {
      throw .option("show", problem: "the samples are images: write `images`")
    }
  }

  private static func check(axes: [String], of data: DatasetOutline) throws(EngineError) {
    guard !axes.isEmpty else { return }
    if axes.count != 2 { throw .option("axes", problem: "a scatter plot has two axes") }
    for axis in axes where !data.axes.contains(axis) {
      let hint = nameHint(for: axis, among: data.axes) ?? "the samples are images"
      throw .option("axes", problem: "there is no column `\(axis)`: \(hint)")
    }
  }
}
