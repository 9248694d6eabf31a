import Charts
import Localization
import NeuralNetworks

/// `signal`: an untrained network, layer by layer.
struct SignalVerb: NetworkVerb {
  let name = "signal"
  let summary =
    "a network, untrained: one batch pushed forward, one gradient pushed back, layer by layer"

  let options: [BlockOption] =
    [
      .data, .standardize, .initializer, .loss,
      .batch(to: 1_000_000, default: "256", "samples pushed through"),
      .seed, .vary, .slider, .repeats, .show, .scale, .expect,
    ] + BlockOption.common

  let metrics: [MetricName] =
    [.loss] + MetricName.network + MetricName.statistics + [
      MetricName(.units, "outputs of a layer"),
      MetricName(.distinct, "units of a layer that differ from every other"),
    ]

  let show: [Show] = [
    .variance, .mean, .saturation, .active, .gradients, .outputs, .deltas, .table,
  ]

  func defaultShow(isSweep: Bool) -> [Show] { [.variance, .gradients, .table] }

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    let spec = decoder.trainingSpec(subject) { layers in
      let outputs = OptionDecoder.outputs(of: layers, features: 64)
      return try? Registry.term(
        .dataset, "noise",
        ["samples": .integer(256), "features": .integer(64), "classes": .integer(outputs)])
    }
    return spec.map { SignalJob(spec: $0) }
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.signal(groups, hiding: slider)
  }

  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String] {
    RunSummary.clauses(of: plan.job(as: SignalJob.self).spec, experiment, words)
  }

  func text(of result: ExperimentResult) -> [String] {
    guard result.outcome.runs.count == 1 else { return [result.runTable] }
    return result.each { $0.text(of: SignalTable.self) }
  }
}

extension Verb {
  package static let signal = Verb(SignalVerb())
}

// Words of `show` that only `signal` has.
extension Show {
  static let mean = Show("mean", "mean of each layer's outputs")
  static let variance = Show("variance", "variance of each layer's outputs")
  static let saturation = Show("saturation", "share of outputs where the activation is flat")
  static let active = Show("active", "share of outputs that are not zero")
  static let outputs = Show("outputs", "histograms of each layer's outputs")
  static let deltas = Show(
    "deltas", "histograms of the gradient by each layer's outputs")
}

extension SignalJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost {
    JobCost(engine: try Engine.cost(of: .signal, spec, outlines: context.outlines))
  }
}
