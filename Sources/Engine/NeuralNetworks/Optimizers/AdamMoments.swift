internal import Tensors

/// The settings of Adam and its variants.
struct AdamSettings: Sendable {
  let beta1: Double
  let beta2: Double
  let epsilon: Double
  let decay: Double
  /// Whether weight decay is subtracted from the weights (AdamW) instead of added to the gradient.
  let decoupled: Bool

  init(_ term: Term, epsilon: Double, decoupled: Bool = false) {
    beta1 = term.number("beta1") ?? 0.9
    beta2 = term.number("beta2") ?? 0.999
    self.epsilon = term.number("epsilon") ?? epsilon
    decay = term.number("weight_decay") ?? 0
    self.decoupled = decoupled || term.flag("decoupled")
  }
}

/// The state of Adam and its variants: a mean of the gradient and a second moment for each
/// parameter, with the settings that change them.
struct AdamMoments: Sendable {
  let settings: AdamSettings
  /// m: the running mean of the gradient.
  let first: View
  /// v: the running mean of the squared gradient, or a variant's replacement for it.
  let second: View

  /// Reserves both moments of `count` parameters.
  init(
    _ term: Term, _ count: Int, _ plan: inout WorkspacePlan, epsilon: Double = 1e-8,
    decoupled: Bool = false
  ) {
    settings = AdamSettings(term, epsilon: epsilon, decoupled: decoupled)
    first = plan.reserve(count)
    second = plan.reserve(count)
  }

  /// Lends parameters w, gradient g and both moments, with the numbers of this step.
  ///
  /// The loop over the elements is the caller's, so that it is compiled for both scalars there.
  func update<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep,
    _ body: (
      _ numbers: AdamStep<Element>, _ w: inout MutableSpan<Element>, _ g: Span<Element>,
      _ m: inout MutableSpan<Element>, _ v: inout MutableSpan<Element>
    ) -> Void
  ) {
    let numbers = AdamStep<Element>(settings, step)
    workspace.withVectors(step, first, second) { w, g, m, v in body(numbers, &w, g, &m, &v) }
  }
}

/// The numbers of one step of Adam, in the precision of the weights.
struct AdamStep<Element: Scalar> {
  let beta1: Element
  /// 1-β₁
  let rest1: Element
  let beta2: Element
  /// 1-β₂
  let rest2: Element
  let epsilon: Element
  /// Added to the gradient, times the weights; 0 where the decay is decoupled.
  let decay: Element
  /// The factor of the weights before the step; 1 where the decay is in the gradient.
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
  /// The parameters of Adam and its variants, with their defaults.
  static func adamParameters(
    rate: Double, epsilon: Double = 1e-8, decay: Double = 0, _ others: Parameter...
  ) -> [Parameter] {
    [self.rate(rate)] + betas + [self.epsilon(epsilon), self.decay(decay)] + others
  }
}
