import Charts
import Diagnostics
import Localization
import NeuralNetworks

/// `train`: the training of a network.
struct TrainVerb: NetworkVerb {
  let name = "train"
  let summary = "a network, trained: curves, boundary, tables"
  let requiredOptions = ["data"]

  let options: [BlockOption] =
    [
      .data,
      BlockOption(
        .training, "test", .number, .from(0, below: 1), default: "0.2",
        "share of samples held out"),
      .standardize, .initializer, .loss, .optimizer,
      BlockOption(
        .training, "schedule", .term(.schedule), default: "constant",
        "how the learning rate changes by epoch"),
      BlockOption(
        .training, "epochs", .integer, .from(1, to: 1_000_000), default: "100", unit: "epochs",
        "passes over the training samples"),
      BlockOption(
        .training, "steps", .integer, .from(1, to: 100_000_000), unit: "steps",
        "updates, in place of `epochs`"),
      .batch(to: 1_000_000, default: "32", "samples of a step"),
      BlockOption(
        .training, "clip", .number, .above(0), "largest norm of a step's gradient"),
      BlockOption(
        .training, "clip_value", .number, .above(0),
        "largest magnitude of a gradient's element"),
      BlockOption(
        .training, "weight_decay", .number, .from(0, to: 10), "in place of the optimizer's own"),
      BlockOption(
        .training, "pretrain", .term(.pretraining),
        "trains the layers one by one first, or the network on other data"),
      BlockOption(
        .training, "pretrain_data", .term(.dataset), "the other data of `pretrain: transfer`"),
      BlockOption(.training, "stop", .term(.stopping), "ends the training early"),
      .seed, .vary, .slider, .repeats, .show, .scale, .expect,
    ] + BlockOption.common

  let metrics: [MetricName] =
    [
      .loss,
      MetricName(.trainLoss, "loss of the training samples at the end"),
      MetricName(.testLoss, "loss of the samples held out at the end"),
      MetricName(.accuracy, "share of the training samples that are right"),
      MetricName(.trainAccuracy, "share of the training samples that are right"),
      MetricName(.testAccuracy, "share of the samples held out that are right"),
      MetricName(.bestTrainLoss, "lowest loss of the training samples at any epoch"),
      MetricName(.bestTestLoss, "lowest loss of the samples held out at any epoch"),
      MetricName(.bestTestAccuracy, "highest accuracy of the samples held out at any epoch"),
      MetricName(.firstLoss, "loss before the first step"),
      MetricName(.epochs, unit: "epochs", "epochs done"),
      MetricName(.steps, unit: "steps", "steps done"),
      MetricName(.rate, "learning rate of the last epoch"),
      MetricName(.diverged, "1 where the loss became infinite or not a number, else 0"),
      .samples,
    ] + MetricName.network + MetricName.statistics

  let show: [Show] = [
    .loss, .accuracy, .boundary, .fit, .weights, .gradients, .activations, .sparsity, .confusion,
    .predictions, .filters, .landscape, .schedule, .summary, .finals, .table,
  ]

  func defaultShow(isSweep: Bool) -> [Show] { isSweep ? [.loss, .table] : [.loss] }

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    decoder.training(subject)
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.training(groups, hiding: slider, epoch: nil)
  }

  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String] {
    let spec = plan.job(as: TrainJob.self).spec
    let optimizer = RunSummary.short(spec.optimizer)
    let length =
      switch spec.length {
      case .epochs(let count): words(.epochsTrained(count: count, optimizer: optimizer))
      case .steps(let count): words(.stepsTrained(count: count, optimizer: optimizer))
      }
    return [
      RunSummary.network(spec.network, experiment, words), RunSummary.data(spec, experiment),
      length, words(.batchSize(count: spec.batch)), spec.initializer.map(RunSummary.short) ?? "",
      RunSummary.seeds(experiment, spec.seed, words),
    ]
  }

  func text(of result: ExperimentResult) -> [String] { [result.runTable] }
}

extension Verb {
  package static let train = Verb(TrainVerb())
}

// Words of `show` that only `train` has.
extension Show {
  static let loss = Show("loss", "loss by epoch, of the training samples and of those held out")
  static let accuracy = Show("accuracy", "accuracy by epoch")
  static let boundary = Show(
    "boundary", recording: .boundary, "the network's output over the plane of two inputs")
  static let fit = Show("fit", recording: .fit, "a regression's curve over its data")
  static let weights = Show(
    "weights", recording: .weights, "histograms of each layer's weights, before and after")
  static let activations = Show(
    "activations", recording: .layers, "mean and variance of each layer's outputs, by epoch")
  static let sparsity = Show(
    "sparsity", recording: .layers, "share of outputs that are zero, by epoch")
  static let confusion = Show(
    "confusion", recording: .confusion, "how often each class was predicted as each")
  static let predictions = Show(
    "predictions", recording: .predictions,
    "images with their labels and the predicted classes")
  static let filters = Show(
    "filters", recording: .filters, "the first layer's weights as images")
  static let landscape = Show(
    "landscape", recording: .landscape,
    "the loss around the final weights, and the trajectory to them")
  static let schedule = Show("schedule", "the learning rate by epoch")
  static let summary = Show("summary", "layers, shapes and parameters")
  static let finals = Show(
    "final", comparesRuns: true,
    "the final number of each setting, as bars, or as boxes over the repeats")
}

// MARK: Replaying a training

extension TrainVerb {
  var sliders: [String] { [TrainJob.epochSlider] }

  /// Checks that the training can be replayed: the epochs must be known, and something recorded at
  /// them.
  func check(slider: Token, showing show: [Show], _ decoder: inout OptionDecoder) {
    let problem: (message: String, hint: String)? =
      if decoder.isGiven("steps") {
        ("`slider: epoch` needs `epochs`", "write `epochs` in place of `steps`")
      } else if !show.contains(.boundary), !show.contains(.fit) {
        (
          "`slider: epoch` has nothing to change: `show` has neither `boundary` nor `fit`",
          "add one of them to `show`"
        )
      } else {
        nil
      }
    guard let problem else { return }
    decoder.report(
      Diagnostic(
        "nn.slider", path: decoder.path, range: slider.range, message: problem.message,
        hint: problem.hint))
  }

  func frames(
    _ groups: [RunGroup], for slider: String, in maker: FigureMaker
  ) -> (title: String, frames: [Figure.Frame]) {
    (maker.words.epoch, maker.epochFrames(groups))
  }
}

// MARK: Before the run

extension TrainJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost {
    let cost = try Engine.cost(of: .train, spec, outlines: context.outlines)
    // Numeric targets have no accuracy; the requested chart would be empty.
    if context.display.show.contains(.accuracy) { _ = try probed(.confusion, context) }
    return JobCost(engine: cost)
  }

  func refusal(of word: Show, in context: CostContext) -> String? {
    do {
      _ = try probed(word == .accuracy ? .confusion : word.recordings, context)
      return nil
    } catch {
      guard case .option("show", let problem) = error else { return nil }
      guard word == .accuracy else { return problem }
      return problem.replacing("confusion and predictions need ", with: "accuracy needs ")
    }
  }

  /// The cost of the training with these recordings only.
  private func probed(
    _ recordings: TrainingSpec.Recordings, _ context: CostContext
  ) throws(EngineError) -> Cost {
    var probe = spec
    probe.recordings = recordings
    return try Engine.cost(of: .train, probe, outlines: context.outlines)
  }
}
