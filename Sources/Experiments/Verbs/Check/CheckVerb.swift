import Charts
import Localization
import NeuralNetworks

/// `check`: analytic gradients against central differences.
struct CheckVerb: NetworkVerb {
  let name = "check"
  let summary = "the analytic gradient of every parameter against central differences"

  let options: [BlockOption] =
    [
      .data, .standardize, .initializer, .loss,
      .batch(to: 4096, default: "8", "samples that the gradients are of"), .seed, .vary, .expect,
    ] + BlockOption.common

  let metrics: [MetricName] =
    [.loss] + MetricName.network + [
      MetricName(.error, "largest relative error of any gradient"),
      MetricName(.kinks, "elements left out because the difference crosses a kink"),
    ]

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    let spec = decoder.trainingSpec(subject) { layers in
      let outputs = min(100, OptionDecoder.outputs(of: layers, features: 4))
      return try? Registry.term(
        .dataset, "blobs",
        ["samples": .integer(32), "features": .integer(4), "classes": .integer(outputs)])
    }
    return spec.map { CheckJob(spec: $0) }
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.checks(groups)
  }

  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String] {
    RunSummary.clauses(of: plan.job(as: CheckJob.self).spec, experiment, words)
  }

  func text(of result: ExperimentResult) -> [String] {
    result.each { $0.text(of: GradientTable.self) }
  }
}

extension Verb {
  package static let check = Verb(CheckVerb())
}

extension CheckJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost {
    JobCost(engine: try Engine.cost(of: .check, spec, outlines: context.outlines))
  }
}
