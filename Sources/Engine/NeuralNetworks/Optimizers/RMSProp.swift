internal import Tensors

/// `v ← αv+(1-α)g²`, `u = g/(√v+ε)`, `w ← w - ηu`; with momentum `b ← μb+u`, `w ← w - ηb`.
///
/// The centered form divides by the variance `v - ḡ²` instead of v, with the mean `ḡ ← αḡ+(1-α)g`.
/// - Source: Tieleman, Hinton, lecture 6.5 of *Neural networks for machine learning* (2012);
///   Graves, *Generating sequences with recurrent neural networks* (2013) for the centered form.
struct RMSProp: UpdateRule {
  private let alpha: Double
  private let epsilon: Double
  private let decay: Double
  private let momentum: Double
  private let centered: Bool
  private let squares: View
  private let means: View
  private let velocity: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    alpha = term.number("alpha") ?? 0.99
    epsilon = term.number("epsilon") ?? 1e-8
    decay = term.number("weight_decay") ?? 0
    momentum = term.number("momentum") ?? 0
    centered = term.flag("centered")
    squares = plan.reserve(count)
    let isPlain = momentum == 0 && !centered
    means = plan.reserve(isPlain ? 0 : count)
    velocity = plan.reserve(isPlain ? 0 : count)
  }

  var kernelState: KernelState? { means.isEmpty ? KernelState(v: squares) : nil }

  mutating func kernelUpdate<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep
  ) -> ParameterUpdate {
    .rmsProp(rate: step.rate, alpha: alpha, epsilon: epsilon, decay: decay)
  }

  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    if means.isEmpty {
      kernelStep(workspace, step)
    } else {
      withMomentum(workspace, step)
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func withMomentum<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let rate = Element(step.rate)
    let decay = Element(decay)
    let alpha = Element(alpha)
    let rest = Element(1 - self.alpha)
    let epsilon = Element(epsilon)
    let momentum = Element(step.momentum ?? momentum)
    let centering: Element = centered ? 1 : 0
    workspace.withVectors(step, squares, means, velocity) { w, g, v, mean, b in
      for i in g.indices {
        let slope = g[i] + decay * w[i]
        v[i] = alpha * v[i] + rest * slope * slope
        mean[i] = alpha * mean[i] + rest * slope
        let variance = v[i] - centering * mean[i] * mean[i]
        b[i] = momentum * b[i] + slope / (variance.squareRoot() + epsilon)
        w[i] -= rate * b[i]
      }
    }
  }
}

extension OptimizerEntries {
  static let rmsprop = RegistryEntry(
    .optimizer, "rmsprop", "a rate for each weight by the recent size of its gradient",
    formula:
      #"v \leftarrow \alpha v+(1-\alpha)g^2,\quad w \leftarrow w-\tfrac{\eta g}{\sqrt v+\varepsilon}"#,
    [
      rate(0.01), .number("alpha", 0.99, .from(0, below: 1), "decay rate of the mean square"),
      epsilon(1e-8), decay(0), .number("momentum", 0, .from(0, below: 1), "momentum"),
      .flag("centered", false, "divides by the standard deviation"),
    ])
}
