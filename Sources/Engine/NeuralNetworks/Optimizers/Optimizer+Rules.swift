internal import Tensors

extension Optimizer {
  /// The rule that a term names, its state reserved in `plan`.
  static func rule(
    for term: Term, count: Int, plan: inout WorkspacePlan, seed: UInt64
  ) throws(EngineError) -> AnyUpdateRule<Element> {
    switch term.name {
    case "sgd": AnyUpdateRule(GradientDescent(term, count, &plan))
    case "adagrad": AnyUpdateRule(Adagrad(term, count, &plan))
    case "rmsprop": AnyUpdateRule(RMSProp(term, count, &plan))
    case "adam": AnyUpdateRule(Adam(term, count, &plan))
    case "amsgrad": AnyUpdateRule(Adam(term, count, &plan, keepsMaximum: true))
    case "adamw": AnyUpdateRule(Adam(term, count, &plan, decoupled: true))
    case "adamax": AnyUpdateRule(Adamax(term, count, &plan))
    case "nadam": AnyUpdateRule(NAdam(term, count, &plan))
    case "radam": AnyUpdateRule(RAdam(term, count, &plan))
    case "adabelief": AnyUpdateRule(AdaBelief(term, count, &plan))
    case "yogi": AnyUpdateRule(Yogi(term, count, &plan))
    case "adadelta": AnyUpdateRule(Adadelta(term, count, &plan))
    case "rprop": AnyUpdateRule(Rprop(term, count, &plan))
    case "asgd": AnyUpdateRule(AveragedSGD(term, count, &plan))
    case "lbfgs": AnyUpdateRule(LBFGS(term, count, &plan))
    case "quickprop": AnyUpdateRule(Quickprop(term, count, &plan))
    case "lion": AnyUpdateRule(Lion(term, count, &plan))
    case "signsgd": AnyUpdateRule(SignSGD(term, count, &plan))
    case "sam": AnyUpdateRule(SharpnessAware(term, count, &plan))
    case "genetic": AnyUpdateRule(Genetic(term, count, &plan, seed))
    case "cma_es": try AnyUpdateRule(CovarianceAdaptation(term, count, seed))
    default: throw .unknownName(.optimizer, term.name)
    }
  }
}

/// `sign(x)`, 0 at 0 and for NaN.
@inline(__always)
@specialized(where Element == Float)
@specialized(where Element == Double)
func signum<Element: Scalar>(_ x: Element) -> Element { x > 0 ? 1 : x < 0 ? -1 : 0 }
