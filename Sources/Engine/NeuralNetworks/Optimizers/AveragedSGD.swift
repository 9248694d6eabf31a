internal import Tensors

/// Gradient descent with a decreasing rate, and the mean of all its parameters: asgd.
///
/// `w ← w(1-λη)-ηg`, `w̄ ← w̄+μ(w-w̄)`, then `η ← η₀/(1+λη₀t)^α` and `μ ← 1/max(1, t-t₀)`; while μ
/// is 1 the mean is the weights.
/// - Source: Polyak, Juditsky, *Acceleration of stochastic approximation by averaging* (1992), in
///   the form of Bottou's and PyTorch's.
struct AveragedSGD: UpdateRule {
  private let lambda: Double
  private let alpha: Double
  private let start: Double
  private let decay: Double
  private let mean: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    lambda = term.number("lambda") ?? 1e-4
    alpha = term.number("alpha") ?? 0.75
    start = term.number("t0") ?? 1e6
    decay = term.number("weight_decay") ?? 0
    mean = plan.reserve(count)
  }

  var average: View? { mean }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let past = Double(step.number - 1)
    let exactRate = step.rate / Double.pow(1 + lambda * step.rate * past, alpha)
    let exactShare = 1 / max(1, past - start)
    let rate = Element(exactRate)
    let keep = Element(1 - lambda * exactRate)
    let decay = Element(decay)
    let share = Element(exactShare)
    workspace.withVectors(step, mean) { w, g, mean in
      for i in g.indices {
        let slope = g[i] + decay * w[i]
        w[i] = w[i] * keep - rate * slope
        mean[i] = share == 1 ? w[i] : mean[i] + share * (w[i] - mean[i])
      }
    }
  }
}

extension OptimizerEntries {
  static let asgd = RegistryEntry(
    .optimizer, "asgd", "gradient descent and the mean of its trajectory",
    formula: #"\bar w \leftarrow \bar w+\mu_t(w-\bar w)"#,
    [
      rate(0.01), .number("lambda", 1e-4, .atLeast(0), "decay term"),
      .number("alpha", 0.75, .atLeast(0), "exponent of the rate's decay"),
      .number("t0", 1e6, .atLeast(0), "step at which averaging begins"), decay(0),
    ])
}
