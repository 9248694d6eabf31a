import Charts
import Localization
import NeuralNetworks

/// `trace`: a worked example of a small network.
struct TraceVerb: NetworkVerb {
  let name = "trace"
  let summary = "a small network as a worked example: every matrix, forward and backward"

  let options: [BlockOption] =
    [
      .digits, .data, .standardize, .initializer, .loss, .optimizer,
      .batch(to: 64, default: "2", "samples, the first of the data"), .seed, .vary, .expect,
    ] + BlockOption.common

  let metrics: [MetricName] =
    [.loss] + MetricName.network + [MetricName(.lossAfter, "loss after the step")]

  let showsFormulas = true

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    decoder.trainingSpec(subject) { _ in try? Registry.term(.dataset, "xor") }
      .map { TraceJob(spec: $0) }
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.traces(groups)
  }

  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String] {
    let spec = plan.job(as: TraceJob.self).spec
    return [
      RunSummary.network(spec.network, experiment, words), RunSummary.data(spec, experiment),
      words(.batchSize(count: spec.batch)), RunSummary.short(spec.optimizer),
      RunSummary.seeds(experiment, spec.seed, words),
    ]
  }

  func text(of result: ExperimentResult) -> [String] {
    result.each { RecordedMatrices(in: $0)?.text ?? "" }
  }
}

extension Verb {
  package static let trace = Verb(TraceVerb())
}

extension TraceJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost {
    let cost = try Engine.cost(of: .trace, spec, outlines: context.outlines)
    return JobCost(engine: cost, traced: cost.numbers)
  }
}
