internal import Tensors

/// Stochastic gradient descent: `v ← μv + (1-d)g`, `w ← w - ηv`.
///
/// The first step takes `v = g` without dampening. Nesterov's rule steps along `g + μv`.
/// - Source: Sutskever et al., *On the importance of initialization and momentum in deep learning*
///   (2013); signs and rate as in PyTorch.
struct GradientDescent: UpdateRule {
  private let momentum: Double
  private let dampening: Double
  private let nesterov: Bool
  private let decay: Double
  /// 1, or -1 for ascent.
  private let sign: Double
  private let velocity: View?

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    momentum = term.number("momentum") ?? 0
    dampening = term.number("dampening") ?? 0
    nesterov = term.flag("nesterov")
    decay = term.number("weight_decay") ?? 0
    sign = term.flag("maximize") ? -1 : 1
    velocity = momentum == 0 ? nil : plan.reserve(count)
  }

  var kernelState: KernelState? { KernelState(m: velocity) }

  mutating func kernelUpdate<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep
  ) -> ParameterUpdate {
    // Every rule here is linear in g: negating rate and decay negates g.
    let rate = sign * step.rate
    let decay = sign * decay
    if velocity == nil { return .gradientDescent(rate: rate, decay: decay) }
    return .momentum(
      rate: rate, momentum: step.momentum ?? momentum, dampening: dampening, nesterov: nesterov,
      decay: decay, isFirst: step.number == 1)
  }

  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    kernelStep(workspace, step)
  }
}

extension OptimizerEntries {
  static let sgd = RegistryEntry(
    .optimizer, "sgd", aliases: ["momentum"],
    "steps against the gradient, with optional momentum",
    formula: #"v \leftarrow \mu v+(1-d)g,\quad w \leftarrow w-\eta v"#,
    [
      rate(0.01),
      .number("momentum", 0, .from(0, below: 1), "momentum μ"),
      .number("dampening", 0, .from(0, to: 1), "dampening d of the gradient with momentum"),
      .flag("nesterov", false, "Nesterov's momentum"), decay(0),
      .flag("maximize", false, "ascends instead of descending"),
    ])
}
