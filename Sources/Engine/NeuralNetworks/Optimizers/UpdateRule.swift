internal import Tensors

/// What a rule is given at each step.
struct UpdateStep {
  /// From 1.
  var number: Int
  var rate: Double
  var momentum: Double?
  var parameters: View
  var gradient: View
}

/// One optimizer's rule with its settings and the views of its state.
///
/// The element-wise ones are written over spans and compiled for both scalars (`@specialized`):
/// a debug build sees one file at a time and would not do it by itself.
protocol UpdateRule: Sendable {
  var evaluation: OptimizerEvaluation { get }
  var evaluationsPerStep: Int { get }
  var average: View? { get }
  /// The state that the kernels keep where they do the whole step; else nil.
  var kernelState: KernelState? { get }
  /// Their rule for this step, where there is a state of theirs.
  mutating func kernelUpdate<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep
  ) -> ParameterUpdate
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep)
  mutating func step<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, evaluate: () -> Double
  ) -> Double
}

extension UpdateRule {
  var evaluation: OptimizerEvaluation { .gradient }
  var evaluationsPerStep: Int { 1 }
  var average: View? { nil }
  var kernelState: KernelState? { nil }

  mutating func kernelUpdate<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep
  ) -> ParameterUpdate {
    preconditionFailure("the kernels have no rule for this optimizer")
  }

  /// The whole step, done by the kernels.
  ///
  /// - Precondition: `kernelState` is not nil.
  mutating func kernelStep<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    guard let state = kernelState else {
      preconditionFailure("the kernels have no rule for this optimizer")
    }
    let update = kernelUpdate(workspace, step)
    workspace.update(step.parameters, gradient: step.gradient, m: state.m, v: state.v, update)
  }

  mutating func step<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, evaluate: () -> Double
  ) -> Double {
    let loss = evaluate()
    self.step(workspace, step)
    return loss
  }
}

/// What the kernels keep of every parameter.
struct KernelState {
  var m: View?
  var v: View?
}

/// A rule that evaluates the loss itself.
protocol EvaluatingRule: UpdateRule {}

extension EvaluatingRule {
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    preconditionFailure("this optimizer evaluates the loss itself: call step with a closure")
  }
}

/// Any optimizer's rule with its state, its methods as functions: called once a step.
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

/// What a rule remembers from step to step, besides what lies in its workspace.
private final class RuleState<Rule: UpdateRule> {
  var rule: Rule

  init(_ rule: Rule) { self.rule = rule }
}
