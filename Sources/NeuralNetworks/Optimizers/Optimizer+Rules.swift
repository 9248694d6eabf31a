internal import Tensors

extension Optimizer {
  /// The rule that a term names, its state reserved in `plan`.
  static func rule(
    for term: Term, count: Int, plan: inout WorkspacePlan, seed: UInt64
  ) throws(EngineError) -> any UpdateRule {
    switch term.name {
    case "sgd": GradientDescent(term, count, &plan)
    default: throw .unknownName(.optimizer, term.name)
    }
  }
}
