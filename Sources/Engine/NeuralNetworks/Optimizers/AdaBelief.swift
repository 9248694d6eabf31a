internal import Tensors

/// Adam with the variance of the gradient around its mean: `v ← β₂v+(1-β₂)(g-m)²+ε`.
///
/// - Source: Zhuang et al., *AdaBelief optimizer* (2020).
struct AdaBelief: UpdateRule {
  private let moments: AdamMoments

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    moments = AdamMoments(term, count, &plan, epsilon: 1e-16)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    moments.update(workspace, step) { s, w, g, m, v in
      for i in g.indices {
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        let deviation = slope - m[i]
        v[i] = s.beta2 * v[i] + s.rest2 * deviation * deviation + s.epsilon
        w[i] -= s.rate * m[i] / (v[i].squareRoot() * s.root + s.epsilon)
      }
    }
  }
}

extension OptimizerEntries {
  static let adabelief = RegistryEntry(
    .optimizer, "adabelief", "Adam with the variance of the gradient around its mean",
    formula: #"v \leftarrow \beta_2v+(1-\beta_2)(g-m)^2+\varepsilon"#,
    adamParameters(rate: 0.001, epsilon: 1e-16))
}
