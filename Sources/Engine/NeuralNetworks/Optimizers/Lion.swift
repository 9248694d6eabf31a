internal import Tensors

/// `w ← w - η(sign(β₁m+(1-β₁)g)+λw)`, `m ← β₂m+(1-β₂)g`.
///
/// - Source: Chen et al., *Symbolic discovery of optimization algorithms* (2023).
struct Lion: UpdateRule {
  private let beta1: Double
  private let beta2: Double
  private let decay: Double
  private let mean: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    beta1 = term.number("beta1") ?? 0.9
    beta2 = term.number("beta2") ?? 0.99
    decay = term.number("weight_decay") ?? 0
    mean = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let first = step.momentum ?? beta1
    let rate = Element(step.rate)
    let decay = Element(decay)
    let beta1 = Element(first)
    let rest1 = Element(1 - first)
    let beta2 = Element(beta2)
    let rest2 = Element(1 - self.beta2)
    workspace.withVectors(step, mean) { w, g, m in
      for i in g.indices {
        let slope = g[i]
        w[i] -= rate * (signum(beta1 * m[i] + rest1 * slope) + decay * w[i])
        m[i] = beta2 * m[i] + rest2 * slope
      }
    }
  }
}

extension OptimizerEntries {
  static let lion = RegistryEntry(
    .optimizer, "lion", "the sign of the momentum",
    formula: #"w \leftarrow w-\eta\operatorname{sign}(\beta_1m+(1-\beta_1)g)"#,
    [
      rate(1e-4), .number("beta1", 0.9, .from(0, below: 1), "weight of the momentum in a step"),
      .number("beta2", 0.99, .from(0, below: 1), "decay rate of the momentum"), decay(0),
    ])
}
