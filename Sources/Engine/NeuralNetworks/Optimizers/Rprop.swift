internal import Tensors

/// Resilient propagation: a step length for each weight, which depends only on signs of the
/// gradient.
///
/// `iRprop⁻`: after a change of sign the step length decreases, and this gradient counts as 0.
/// - Source: Igel, Hüsken, *Improving the Rprop learning algorithm* (2000).
struct Rprop: UpdateRule {
  private let shrink: Double
  private let growth: Double
  private let smallest: Double
  private let largest: Double
  private let previous: View
  private let lengths: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    shrink = term.number("eta_minus") ?? 0.5
    growth = term.number("eta_plus") ?? 1.2
    smallest = term.number("step_min") ?? 1e-6
    largest = term.number("step_max") ?? 50
    previous = plan.reserve(count)
    lengths = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    if step.number == 1 { workspace.fill(lengths, with: step.rate) }
    let shrink = Element(shrink)
    let growth = Element(growth)
    let smallest = Element(smallest)
    let largest = Element(largest)
    workspace.withVectors(step, previous, lengths) { w, g, previous, lengths in
      for i in g.indices {
        var slope = g[i]
        let agreement = slope * previous[i]
        if agreement > 0 {
          lengths[i] = min(lengths[i] * growth, largest)
        } else if agreement < 0 {
          lengths[i] = max(lengths[i] * shrink, smallest)
          slope = 0
        }
        w[i] -= signum(slope) * lengths[i]
        previous[i] = slope
      }
    }
  }
}

extension OptimizerEntries {
  static let rprop = RegistryEntry(
    .optimizer, "rprop", "only the gradient's sign, with a step for each weight",
    formula: #"w \leftarrow w-\Delta\operatorname{sign} g"#,
    [
      rate(0.01),
      .number("eta_minus", 0.5, .from(0, below: 1), "factor when the sign changes"),
      .number("eta_plus", 1.2, .atLeast(1), "factor otherwise"),
      .number("step_min", 1e-6, .above(0), "minimum step"),
      .number("step_max", 50, .above(0), "maximum step"),
    ])
}
