internal import Tensors

/// Adam by how much the gradient surprises: `v ← β₂v+(1-β₂)(g-m)²+ε`.
///
/// - Source: Zhuang et al., *AdaBelief optimizer* (2020).
struct AdaBelief: UpdateRule {
  private let settings: AdamSettings
  private let mean: View
  private let squares: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    settings = AdamSettings(term, epsilon: 1e-16)
    mean = plan.reserve(count)
    squares = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let s = AdamStep<Element>(settings, step)
    workspace.withVectors(step, mean, squares) { w, g, m, v in
      for i in g.indices {
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        let surprise = slope - m[i]
        v[i] = s.beta2 * v[i] + s.rest2 * surprise * surprise + s.epsilon
        w[i] -= s.rate * m[i] / (v[i].squareRoot() * s.root + s.epsilon)
      }
    }
  }
}

extension OptimizerEntries {
  static let adabelief = RegistryEntry(
    .optimizer, "adabelief", "Adam by how much the gradient surprises",
    formula: #"v \leftarrow \beta_2v+(1-\beta_2)(g-m)^2+\varepsilon"#,
    [rate(0.001)] + betas + [epsilon(1e-16), decay(0)])
}
