package import Tensors

/// Updates parameters along their gradient, or by losses alone.
///
/// An optimizer is made from a term of the registry. It has the views of the parameters and of
/// their gradient and reserves its state in the same plan, so that a step allocates nothing.
/// Formulas and defaults are PyTorch's unless the registry says otherwise.
package struct Optimizer<Element: Scalar> {
  /// The learning rate, which a schedule may change between steps. Gradient-free rules have none.
  package var rate: Double
  /// Momentum (β₁ for Adam and its variants) instead of the term's, if a schedule sets it.
  package var momentum: Double?
  /// Steps taken.
  package private(set) var steps = 0
  /// The trained parameters, (1, their number).
  package let parameters: View
  /// The gradient, shaped like the parameters.
  package let gradient: View
  private let rule: AnyUpdateRule<Element>

  /// - Parameters:
  ///   - parameters: All trained parameters, contiguous.
  ///   - gradient: As long as the parameters, in the same workspace.
  ///   - plan: Where the state is reserved; the workspace of the steps must be of this plan.
  ///   - seed: For rules with random numbers.
  ///   - weightDecay: Weight decay that replaces the term's.
  /// - Throws: `EngineError.option` for weight decay of a rule without one.
  package init(
    _ term: Term, parameters: View, gradient: View, plan: inout WorkspacePlan, seed: UInt64 = 1,
    weightDecay: Double? = nil
  ) throws(EngineError) {
    precondition(
      parameters.count == gradient.count && parameters.isContiguous && gradient.isContiguous,
      "parameters \(parameters) and their gradient \(gradient) differ in size")
    var term = term
    if let weightDecay {
      guard let place = term.arguments.firstIndex(where: { $0.name == "weight_decay" }) else {
        throw .option("weight_decay", problem: "`\(term.name)` has no weight decay")
      }
      term.arguments[place].value = .number(weightDecay)
    }
    self.parameters = parameters.flattened
    self.gradient = gradient.flattened
    rate = term.number("rate") ?? 0
    rule = try Self.rule(for: term, count: parameters.count, plan: &plan, seed: seed)
  }

  /// The quantities that one step needs: a gradient, or losses.
  package var evaluation: OptimizerEvaluation { rule.evaluation }

  /// The maximum number of evaluations of the loss in one step.
  package var evaluationsPerStep: Int { rule.evaluationsPerStep }

  /// The mean of all earlier parameters, if the rule has one (asgd).
  package var average: View? { rule.average }

  /// The parameters with their state, if the kernels step each of them independently: then each may
  /// step as soon as its gradient is known. Else nil.
  var stepping: SteppingParameters? {
    rule.kernelState.map { SteppingParameters(parameters, m: $0.m, v: $0.v) }
  }

  /// Sets the workspace's rule for one step; the backward pass then steps the parameters.
  ///
  /// - Precondition: `stepping` is not nil.
  mutating func begin(_ workspace: Workspace<Element>) {
    steps += 1
    workspace.setUpdate(rule.kernelUpdate(workspace, current))
  }

  /// Takes one step along the gradient in its view.
  ///
  /// - Precondition: `evaluation` is `.gradient`.
  package mutating func step(_ workspace: Workspace<Element>) {
    steps += 1
    rule.step(workspace, current)
  }

  /// Takes one step that evaluates losses and gradients.
  ///
  /// - Parameter evaluate: Returns the loss at the current parameters, and writes its gradient to
  ///   the gradient's view if `evaluation` needs gradients.
  /// - Returns: The loss before the step; for a gradient-free rule the best loss.
  package mutating func step(
    _ workspace: Workspace<Element>, evaluate: () -> Double
  ) -> Double {
    steps += 1
    return rule.evaluatingStep(workspace, current, evaluate)
  }

  private var current: UpdateStep {
    UpdateStep(
      number: steps, rate: rate, momentum: momentum, parameters: parameters, gradient: gradient)
  }
}

/// The quantities that one step of an optimizer evaluates.
package enum OptimizerEvaluation: Hashable, Sendable {
  /// The gradient at the parameters, once.
  case gradient
  /// Loss and gradient, repeatedly, at parameters that the rule sets.
  case repeatedGradient
  /// Only the loss, repeatedly.
  case loss
}
