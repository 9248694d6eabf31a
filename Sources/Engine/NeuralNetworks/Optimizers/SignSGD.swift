internal import Tensors

/// `m ← μm+(1-μ)g`, `w ← w - η(sign m+λw)`.
///
/// - Source: Bernstein et al., *signSGD* (2018).
struct SignSGD: UpdateRule {
  private let momentum: Double
  private let decay: Double
  private let mean: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    momentum = term.number("momentum") ?? 0
    decay = term.number("weight_decay") ?? 0
    mean = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let share = step.momentum ?? momentum
    let rate = Element(step.rate)
    let decay = Element(decay)
    let momentum = Element(share)
    let rest = Element(1 - share)
    workspace.withVectors(step, mean) { w, g, m in
      for i in g.indices {
        m[i] = momentum * m[i] + rest * g[i]
        w[i] -= rate * (signum(m[i]) + decay * w[i])
      }
    }
  }
}

extension OptimizerEntries {
  static let signsgd = RegistryEntry(
    .optimizer, "signsgd", aliases: ["sign_sgd"], "only the gradient's sign",
    formula: #"w \leftarrow w-\eta\operatorname{sign} g"#,
    [rate(0.001), .number("momentum", 0, .from(0, below: 1), "momentum"), decay(0)])
}
