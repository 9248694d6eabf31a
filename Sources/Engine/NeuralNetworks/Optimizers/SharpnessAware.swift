internal import Tensors

/// Descends along the gradient at the point of maximum loss nearby: `g = ∇L(w+ρ∇L/‖∇L‖)`.
///
/// - Source: Foret et al., *Sharpness-aware minimization* (2021).
struct SharpnessAware: EvaluatingRule {
  private let radius: Double
  private let origin: View
  private var descent: GradientDescent

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    radius = term.number("rho") ?? 0.05
    origin = plan.reserve(count)
    descent = GradientDescent(term, count, &plan)
  }

  var evaluation: OptimizerEvaluation { .repeatedGradient }
  var evaluationsPerStep: Int { 2 }

  mutating func step<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, evaluate: () -> Double
  ) -> Double {
    let loss = evaluate()
    let length = workspace.norm(step.gradient).double
    workspace.copy(step.parameters, into: origin)
    workspace.addScaled(step.gradient, by: radius / (length + 1e-12), to: step.parameters)
    _ = evaluate()
    workspace.copy(origin, into: step.parameters)
    descent.step(workspace, step)
    return loss
  }
}

extension OptimizerEntries {
  static let sam = RegistryEntry(
    .optimizer, "sam", "seeks flat minima: the gradient a small step uphill",
    formula: #"g = \nabla L\left(w+\rho\tfrac{\nabla L}{\lVert\nabla L\rVert}\right)"#,
    [
      rate(0.01), .number("rho", 0.05, .above(0), "length of the step uphill"),
      .number("momentum", 0.9, .from(0, below: 1), "momentum of the step downhill"), decay(0),
    ])
}
