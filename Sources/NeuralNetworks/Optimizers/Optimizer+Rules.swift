internal import Tensors

extension Optimizer {
  /// The rule that a term names, its state reserved in `plan`.
  static func rule(
    for term: Term, count: Int, plan: inout WorkspacePlan, seed: UInt64
  ) throws(EngineError) -> any UpdateRule {
    switch term.name {
    case "sgd": GradientDescent(term, count, &plan)
    case "adagrad": Adagrad(term, count, &plan)
    case "rmsprop": RMSProp(term, count, &plan)
    case "adam": Adam(term, count, &plan)
    case "amsgrad": Adam(term, count, &plan, keepsMaximum: true)
    case "adamw": Adam(term, count, &plan, decoupled: true)
    case "adamax": Adamax(term, count, &plan)
    case "nadam": NAdam(term, count, &plan)
    case "radam": RAdam(term, count, &plan)
    case "adabelief": AdaBelief(term, count, &plan)
    case "yogi": Yogi(term, count, &plan)
    case "adadelta": Adadelta(term, count, &plan)
    case "rprop": Rprop(term, count, &plan)
    case "asgd": AveragedDescent(term, count, &plan)
    case "lbfgs": LBFGS(term, count, &plan)
    case "quickprop": Quickprop(term, count, &plan)
    case "lion": Lion(term, count, &plan)
    case "signsgd": SignDescent(term, count, &plan)
    case "sam": SharpnessAware(term, count, &plan)
    case "genetic": Genetic(term, count, &plan, seed)
    case "cma_es": try CovarianceAdaptation(term, count, seed)
    default: throw .unknownName(.optimizer, term.name)
    }
  }
}

/// `sign(x)`, 0 at 0 and for NaN.
@inline(__always)
func signum<Element: Scalar>(_ x: Element) -> Element { x > 0 ? 1 : x < 0 ? -1 : 0 }
