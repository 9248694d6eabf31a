import Charts
import DecimalText
import JSON
import Localization
import NeuralNetworks

/// `graph`: a scalar expression as a computation graph.
struct GraphVerb: VerbDefinition {
  let name = "graph"
  let summary = "a scalar expression as a computation graph with values and gradients"
  let subject = "an expression, such as `(x + y) * z`"

  var subjectSchema: JSON { .object(["type": .string("string")]) }

  let options: [BlockOption] =
    [
      BlockOption(.subject, "at", .numbers, "the value of each variable"), .digits,
      .vary, .expect,
    ] + BlockOption.common

  let metrics: [MetricName] = [
    MetricName(.value, "value of the expression"),
    MetricName(.gradientOf, "derivative of the expression by a variable"),
  ]

  let showsFormulas = true

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    decoder.graph(subject)
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.graphs(groups)
  }

  func clauses(_ plan: RunPlan, of experiment: Experiment, _ words: Words) -> [String] {
    plan.job(as: GraphJob.self).values.sorted { $0.key < $1.key }
      .map { "\($0.key) = \(shortest($0.value))" }
  }

  func text(of result: ExperimentResult) -> [String] {
    result.each { $0.text(of: NodeTable.self) }
  }
}

extension Verb {
  package static let graph = Verb(GraphVerb())
}

extension GraphJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost { JobCost() }
}
