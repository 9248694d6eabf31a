import Charts
import JSON
import NeuralNetworks

/// `list`: tables of the reference.
struct ListVerb: VerbDefinition {
  let name = "list"
  let summary = "a reference table from the engine's own registry"
  let subject = "a kind of thing, or a list of names"

  var subjectSchema: JSON {
    let names = Kind.allCases.flatMap { Registry.names(of: $0) }
    var seen: Set<String> = []
    let entry = JSON.object(["enum": .strings(names.filter { seen.insert($0).inserted })])
    return LanguageReference.any([
      .object(["enum": .strings(ListTable.names)]), entry, LanguageReference.list(entry),
    ])
  }

  let options: [BlockOption] = BlockOption.common
  let metrics: [MetricName] = []
  let showsFormulas = true

  func job(_ subject: BlockNode, _ decoder: inout OptionDecoder) -> (any Job)? {
    decoder.listing(subject)
  }

  func charts(_ groups: [RunGroup], hiding slider: String?, in maker: FigureMaker) -> [any Chart] {
    maker.lists(groups)
  }

  func text(of result: ExperimentResult) -> [String] { result.listedText }
}

extension Verb {
  package static let list = Verb(ListVerb())
}

extension ListJob {
  func cost(in context: CostContext) throws(EngineError) -> JobCost { JobCost() }
}
