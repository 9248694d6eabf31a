import Charts
import NeuralNetworks

/// `diagram`: a drawing of a network.
struct DiagramVerb: NetworkVerb {
  let name = "diagram"
  let summary = "a network's drawing: layers, shapes, parameter counts"

  let options: [BlockOption] =
    [
      .pass, BlockOption(.subject, "input", .shape, "the shape of a sample, in place of `data`"),
      .look, .data, .seed, .vary, .expect,
    ] + BlockOption.common

  let metrics: [MetricName] = MetricName.network

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    decoder.diagram(subject)
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.diagrams(groups)
  }

  func text(of result: ExperimentResult) -> [String] {
    result.each { $0.text(of: SummaryTable.self) }
  }
}

extension Verb {
  package static let diagram = Verb(DiagramVerb())
}

extension BlockOption {
  static let pass = BlockOption(
    .subject, "pass", .word(["forward", "backward"]), default: "forward", isDisplay: true,
    "draws what flows forward, or what flows back")
  static let look = BlockOption(
    .subject, "look", .word(["boxes", "units"]), default: "boxes", isDisplay: true,
    "boxes for layers, or circles for units")
}

extension DiagramJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost {
    let description =
      if let spec {
        try Engine.describe(spec, outlines: context.outlines)
      } else {
        try Engine.describe(network, input: inputShape)
      }
    return JobCost(engine: Cost(numbers: Quantity(description.layers.count) * 8))
  }
}
