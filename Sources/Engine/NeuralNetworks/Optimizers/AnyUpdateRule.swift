internal import Tensors

/// Any optimizer's rule with its state, its methods as closures that are called once a step.
struct AnyUpdateRule<Element: Scalar> {
  let evaluation: OptimizerEvaluation
  let evaluationsPerStep: Int
  let average: View?
  let kernelState: KernelState?
  let kernelUpdate: (Workspace<Element>, UpdateStep) -> ParameterUpdate
  let step: (Workspace<Element>, UpdateStep) -> Void
  let evaluatingStep: (Workspace<Element>, UpdateStep, () -> Double) -> Double

  init<Rule: UpdateRule>(_ rule: Rule) {
    evaluation = rule.evaluation
    evaluationsPerStep = rule.evaluationsPerStep
    average = rule.average
    kernelState = rule.kernelState
    let state = RuleState(rule)
    kernelUpdate = { state.rule.kernelUpdate($0, $1) }
    step = { state.rule.step($0, $1) }
    evaluatingStep = { state.rule.step($0, $1, evaluate: $2) }
  }
}

/// The state of a rule outside of its workspace.
private final class RuleState<Rule: UpdateRule> {
  var rule: Rule

  init(_ rule: Rule) { self.rule = rule }
}
