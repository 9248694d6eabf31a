internal import Tensors

/// Adam scaled by the largest gradient: `u ← max(β₂u, |g|+ε)`, `w ← w - η m̂/u`.
///
/// - Source: Kingma, Ba, *Adam* (2015), §7.1.
struct Adamax: UpdateRule {
  private let moments: AdamMoments

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    moments = AdamMoments(term, count, &plan)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    moments.update(workspace, step) { s, w, g, m, u in
      for i in g.indices {
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        u[i] = max(s.beta2 * u[i], abs(slope) + s.epsilon)
        w[i] -= s.rate * m[i] / u[i]
      }
    }
  }
}

extension OptimizerEntries {
  static let adamax = RegistryEntry(
    .optimizer, "adamax", "Adam by the largest gradient",
    formula:
      #"u \leftarrow \max(\beta_2u, |g|+\varepsilon),\quad w \leftarrow w-\eta\frac{\hat m}{u}"#,
    adamParameters(rate: 0.002))
}
