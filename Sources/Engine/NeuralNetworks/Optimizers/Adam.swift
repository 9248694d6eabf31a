internal import Tensors

/// `m ← β₁m+(1-β₁)g`, `v ← β₂v+(1-β₂)g²`, `w ← w - η m̂/(√v̂+ε)` with `m̂ = m/(1-β₁ᵗ)` and
/// `v̂ = v/(1-β₂ᵗ)`.
///
/// AMSGrad takes the largest v so far (before its correction, as PyTorch does); AdamW decays the
/// weights apart from the gradient, `w ← (1-ηλ)w`, before the step.
/// - Source: Kingma, Ba, *Adam* (2015); Reddi, Kale, Kumar, *On the convergence of Adam and beyond*
///   (2018); Loshchilov, Hutter, *Decoupled weight decay regularization* (2019).
struct Adam: UpdateRule {
  private let settings: AdamSettings
  private let mean: View
  private let squares: View
  private let maxima: View?

  init(
    _ term: Term, _ count: Int, _ plan: inout WorkspacePlan, keepsMaximum: Bool = false,
    decoupled: Bool = false
  ) {
    settings = AdamSettings(term, epsilon: 1e-8, decoupled: decoupled)
    mean = plan.reserve(count)
    squares = plan.reserve(count)
    maxima = keepsMaximum || term.flag("amsgrad") ? plan.reserve(count) : nil
  }

  var kernelState: KernelState? { maxima == nil ? KernelState(m: mean, v: squares) : nil }

  mutating func kernelUpdate<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep
  ) -> ParameterUpdate {
    .adam(
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
    let s = AdamStep<Element>(settings, step)
    workspace.withVectors(step, mean, squares, maxima) { w, g, m, v, largest in
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

/// What Adam and its relatives are told.
struct AdamSettings: Sendable {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let decay: Double
  let decoupled: Bool

  init(_ term: Term, epsilon: Double, decoupled: Bool = false) {
    beta1 = term.number("beta1") ?? 0.9
    beta2 = term.number("beta2") ?? 0.999
    self.epsilon = term.number("epsilon") ?? epsilon
    decay = term.number("weight_decay") ?? 0
    self.decoupled = decoupled || term.flag("decoupled")
  }
}

/// The numbers of one step of Adam, in the precision of the weights.
struct AdamStep<Element: Scalar> {
  let beta1: Element
  let rest1: Element
  let beta2: Element
  let rest2: Element
  let epsilon: Element
  /// Added to the gradient; 0 where the decay is decoupled.
  let decay: Element
  /// What the weights are multiplied by first; 1 where the decay is in the gradient.
  let shrink: Element
  /// η/(1-β₁ᵗ)
  let rate: Element
  /// 1/√(1-β₂ᵗ)
  let root: Element

  init(_ settings: AdamSettings, _ step: UpdateStep) {
    let first = step.momentum ?? settings.beta1
    let t = Double(step.number)
    beta1 = Element(first)
    rest1 = Element(1 - first)
    beta2 = Element(settings.beta2)
    rest2 = Element(1 - settings.beta2)
    epsilon = Element(settings.epsilon)
    decay = Element(settings.decoupled ? 0 : settings.decay)
    shrink = Element(settings.decoupled ? 1 - step.rate * settings.decay : 1)
    rate = Element(step.rate / (1 - Double.pow(first, t)))
    root = Element(1 / (1 - Double.pow(settings.beta2, t)).squareRoot())
  }
}

extension OptimizerEntries {
  static let adam = RegistryEntry(
    .optimizer, "adam", "momentum and a rate for each weight",
    formula: #"w \leftarrow w-\eta\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
    [rate(0.001)] + betas + [epsilon(1e-8), decay(0), keepsMaximum])

  static let amsgrad = RegistryEntry(
    .optimizer, "amsgrad", "Adam whose denominator never shrinks",
    formula: #"w \leftarrow w-\eta\frac{\hat m}{\sqrt{\max\hat v}+\varepsilon}"#,
    [rate(0.001)] + betas + [epsilon(1e-8), decay(0)])

  static let adamw = RegistryEntry(
    .optimizer, "adamw", "Adam with weight decay apart from the gradient",
    formula: #"w \leftarrow (1-\eta\lambda)w-\eta\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
    [rate(0.001)] + betas + [epsilon(1e-8), decay(0.01), keepsMaximum])
}
