internal import Tensors

/// `m ← β₁m+(1-β₁)g`, `v ← β₂v+(1-β₂)g²`, `w ← w - η m̂/(√v̂+ε)` with `m̂ = m/(1-β₁ᵗ)` and
/// `v̂ = v/(1-β₂ᵗ)`.
///
/// AMSGrad takes the largest v so far (before its correction, as PyTorch does); AdamW subtracts
/// weight decay from the weights instead of adding it to the gradient, `w ← (1-ηλ)w`, before the
/// step.
/// - Source: Kingma, Ba, *Adam* (2015); Reddi, Kale, Kumar, *On the convergence of Adam and beyond*
///   (2018); Loshchilov, Hutter, *Decoupled weight decay regularization* (2019).
struct Adam: UpdateRule {
  private let moments: AdamMoments
  /// The largest v so far.
  private let maxima: View?

  init(
    _ term: Term, _ count: Int, _ plan: inout WorkspacePlan, keepsMaximum: Bool = false,
    decoupled: Bool = false
  ) {
    moments = AdamMoments(term, count, &plan, decoupled: decoupled)
    maxima = keepsMaximum || term.flag("amsgrad") ? plan.reserve(count) : nil
  }

  var kernelState: KernelState? {
    maxima == nil ? KernelState(m: moments.first, v: moments.second) : nil
  }

  mutating func kernelUpdate<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep
  ) -> ParameterUpdate {
    let settings = moments.settings
    return .adam(
      rate: step.rate, beta1: step.momentum ?? settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon, decay: settings.decay, decoupled: settings.decoupled,
      step: step.number)
  }

  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    if let maxima {
      withMaximum(maxima, workspace, step)
    } else {
      kernelStep(workspace, step)
    }
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func withMaximum<Element: Scalar>(
    _ maxima: View, _ workspace: Workspace<Element>, _ step: UpdateStep
  ) {
    let s = AdamStep<Element>(moments.settings, step)
    workspace.withVectors(step, moments.first, moments.second, maxima) { w, g, m, v, largest in
      for i in g.indices {
        w[i] *= s.shrink
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        v[i] = s.beta2 * v[i] + s.rest2 * slope * slope
        largest[i] = max(largest[i], v[i])
        w[i] -= s.rate * m[i] / (largest[i].squareRoot() * s.root + s.epsilon)
      }
    }
  }
}

extension OptimizerEntries {
  static let adam = RegistryEntry(
    .optimizer, "adam", "momentum and a rate for each weight",
    formula: #"w \leftarrow w-\eta\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
    adamParameters(rate: 0.001, keepsMaximum))

  static let amsgrad = RegistryEntry(
    .optimizer, "amsgrad", "Adam whose denominator never shrinks",
    formula: #"w \leftarrow w-\eta\frac{\hat m}{\sqrt{\max\hat v}+\varepsilon}"#,
    adamParameters(rate: 0.001))

  static let adamw = RegistryEntry(
    .optimizer, "adamw", "Adam with decoupled weight decay",
    formula: #"w \leftarrow (1-\eta\lambda)w-\eta\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
    adamParameters(rate: 0.001, decay: 0.01, keepsMaximum))
}
