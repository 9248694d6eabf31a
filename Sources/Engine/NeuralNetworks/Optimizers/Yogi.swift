internal import Tensors

/// Adam whose mean square moves by a bounded amount: `v ← v-(1-β₂)sign(v-g²)g²`, from 0.
///
/// - Source: Zaheer et al., *Adaptive methods for nonconvex optimization* (2018); bias correction
///   as in Adam.
struct Yogi: UpdateRule {
  private let moments: AdamMoments

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    moments = AdamMoments(term, count, &plan, epsilon: 1e-3)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    moments.update(workspace, step) { s, w, g, m, v in
      for i in g.indices {
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        let square = slope * slope
        v[i] -= s.rest2 * (v[i] > square ? square : v[i] < square ? -square : 0)
        w[i] -= s.rate * m[i] / (v[i].squareRoot() * s.root + s.epsilon)
      }
    }
  }
}

extension OptimizerEntries {
  static let yogi = RegistryEntry(
    .optimizer, "yogi", "Adam whose mean square moves by a bounded amount",
    formula: #"v \leftarrow v-(1-\beta_2)\operatorname{sign}(v-g^2)g^2"#,
    adamParameters(rate: 0.01, epsilon: 1e-3))
}
