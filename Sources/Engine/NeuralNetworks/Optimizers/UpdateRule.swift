internal import Tensors

/// The arguments of a rule at each step.
struct UpdateStep {
  /// The number of the step, from 1.
  var number: Int
  var rate: Double
  var momentum: Double?
  var parameters: View
  var gradient: View
}

/// One optimizer's rule with its settings and the views of its state.
///
/// Element-wise rules loop over spans and are compiled for both scalars (`@specialized`): a debug
/// build compiles one file at a time and would not specialize them by itself.
protocol UpdateRule: Sendable {
  var evaluation: OptimizerEvaluation { get }
  var evaluationsPerStep: Int { get }
  var average: View? { get }
  /// The state of the kernels, if they compute the whole step; else nil.
  var kernelState: KernelState? { get }
  /// The rule of the kernels for this step, if there is a `kernelState`.
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

  /// Takes the whole step by the kernels.
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

/// The kernels' state of every parameter.
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
