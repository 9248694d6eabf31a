internal import Tensors

/// `v ← ρv+(1-ρ)g²`, `Δ = √(u+ε)/√(v+ε)·g`, `u ← ρu+(1-ρ)Δ²`, `w ← w - ηΔ`.
///
/// - Source: Zeiler, *ADADELTA: an adaptive learning rate method* (2012).
struct Adadelta: UpdateRule {
  private let rho: Double
  private let epsilon: Double
  private let decay: Double
  private let squares: View
  private let changes: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    rho = term.number("rho") ?? 0.9
    epsilon = term.number("epsilon") ?? 1e-6
    decay = term.number("weight_decay") ?? 0
    squares = plan.reserve(count)
    changes = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let rate = Element(step.rate)
    let decay = Element(decay)
    let rho = Element(rho)
    let rest = Element(1 - self.rho)
    let epsilon = Element(epsilon)
    workspace.withVectors(step, squares, changes) { w, g, v, u in
      for i in g.indices {
        let slope = g[i] + decay * w[i]
        v[i] = rho * v[i] + rest * slope * slope
        let change = (u[i] + epsilon).squareRoot() / (v[i] + epsilon).squareRoot() * slope
        u[i] = rho * u[i] + rest * change * change
        w[i] -= rate * change
      }
    }
  }
}

extension OptimizerEntries {
  static let adadelta = RegistryEntry(
    .optimizer, "adadelta", "steps in the weights' own units",
    formula: #"w \leftarrow w-\eta\frac{\sqrt{u+\varepsilon}}{\sqrt{v+\varepsilon}}g"#,
    [
      rate(1), .number("rho", 0.9, .from(0, below: 1), "decay rate of both means"), epsilon(1e-6),
      decay(0),
    ])
}
