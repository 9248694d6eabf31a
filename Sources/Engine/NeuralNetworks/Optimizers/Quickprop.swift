internal import Tensors

/// Steps to the minimum of a parabola through the last two slopes of each weight: `Δ ←
/// Δ'·s/(s'-s)`.
///
/// The slope is `s = g+λw`. A step is limited to μ times the last one; gradient descent is added
/// unless the slope changed its sign. The first step is gradient descent.
/// - Source: Fahlman, *An empirical study of learning speed in back-propagation networks* (1988),
///   in the form of his published Cascade-Correlation program.
struct Quickprop: UpdateRule {
  private let limit: Double
  private let decay: Double
  private let slopes: View
  private let steps: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    limit = term.number("mu") ?? 1.75
    decay = term.number("weight_decay") ?? 0
    slopes = plan.reserve(count)
    steps = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let rate = Element(step.rate)
    let decay = Element(decay)
    let limit = Element(limit)
    let shrink = Element(self.limit / (1 + self.limit))
    workspace.withVectors(step, slopes, steps) { w, g, slopes, steps in
      for i in g.indices {
        let slope = g[i] + decay * w[i]
        let former = slopes[i]
        let last = steps[i]
        var change: Element = 0
        if last < 0 {
          if slope > 0 { change -= rate * slope }
          change += slope >= shrink * former ? limit * last : last * slope / (former - slope)
        } else if last > 0 {
          if slope < 0 { change -= rate * slope }
          change += slope <= shrink * former ? limit * last : last * slope / (former - slope)
        } else {
          change = -rate * slope
        }
        steps[i] = change
        slopes[i] = slope
        w[i] += change
      }
    }
  }
}

extension OptimizerEntries {
  static let quickprop = RegistryEntry(
    .optimizer, "quickprop", "a parabola for each weight, by Fahlman",
    formula: #"\Delta \leftarrow \frac{g}{g'-g}\Delta'"#,
    [
      rate(0.01), .number("mu", 1.75, .above(0), "largest growth of a step"),
      decay(0),
    ])
}
