package import Tensors

/// What turns a gradient, or only a loss, into better parameters.
///
/// An optimizer is made from a term of the registry. It knows the views of the parameters
/// and of their gradient and reserves its state in the same plan, so that a step allocates nothing.
/// Formulas and defaults follow PyTorch unless the registry says otherwise.
package struct Optimizer<Element: Scalar> {
  /// The learning rate, which a schedule may change between steps. Gradient-free rules have none.
  package var rate: Double
  /// Momentum (β₁ for the family of Adam) in place of the term's, where a schedule turns it.
  package var momentum: Double?
  /// Steps taken.
  package private(set) var steps = 0
  package let parameters: View
  package let gradient: View
  private let rule: AnyUpdateRule<Element>

  /// - Parameters:
  ///   - parameters: All parameters that are trained, contiguous.
  ///   - gradient: As long as the parameters, in the same workspace.
  ///   - plan: Where the state is reserved; the steps' workspace must be made from it.
  ///   - seed: For rules that draw.
  ///   - weightDecay: In place of the term's.
  /// - Throws: `EngineError.option` for weight decay where the rule has none.
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

  package var evaluation: OptimizerEvaluation { rule.evaluation }

  /// How often one step asks for the loss, at most.
  package var evaluationsPerStep: Int { rule.evaluationsPerStep }

  /// The mean of the parameters' past, where the rule keeps one (asgd).
  package var average: View? { rule.average }

  /// The parameters with their state, where one rule of the kernels steps each of them apart: then
  /// any of them may take its step as soon as its gradient is known.
  var stepping: SteppingParameters? {
    rule.kernelState.map { SteppingParameters(parameters, m: $0.m, v: $0.v) }
  }

  /// Sets the workspace's rule for one step of the parameters, which others then do.
  ///
  /// - Precondition: `stepping` is not nil.
  mutating func begin(_ workspace: Workspace<Element>) {
    steps += 1
    workspace.setUpdate(rule.kernelUpdate(workspace, current))
  }

  /// Takes one step along the gradient that is in its view.
  ///
  /// - Precondition: `evaluation` is `.gradient`.
  package mutating func step(_ workspace: Workspace<Element>) {
    steps += 1
    rule.step(workspace, current)
  }

  /// Takes one step, asking for losses and gradients.
  ///
  /// - Parameter evaluate: Gives the loss at the parameters as they are in their view now, and
  ///   leaves its gradient in the gradient's view where `evaluation` asks for gradients.
  /// - Returns: The loss before the step, or for a gradient-free rule the best it saw.
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

/// What one step of an optimizer asks of whoever computes the loss.
package enum OptimizerEvaluation: Hashable, Sendable {
  /// The gradient at the parameters, once.
  case gradient
  /// Loss and gradient, as often as the rule wants, at parameters that it sets itself.
  case repeatedGradient
  /// Only the loss, as often as the rule wants.
  case loss
}
