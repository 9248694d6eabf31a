internal import Tensors

/// `s ← s+g²`, `w ← w - ηₜ g/(√s+ε)` with `ηₜ = η/(1+(t-1)·lr_decay)`.
///
/// - Source: Duchi, Hazan, Singer, *Adaptive subgradient methods* (JMLR 2011).
struct Adagrad: UpdateRule {
  private let rateDecay: Double
  private let decay: Double
  private let initial: Double
  private let epsilon: Double
  private let sum: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    rateDecay = term.number("lr_decay") ?? 0
    decay = term.number("weight_decay") ?? 0
    initial = term.number("initial_accumulator") ?? 0
    epsilon = term.number("epsilon") ?? 1e-10
    sum = plan.reserve(count)
  }

  var kernelState: KernelState? { KernelState(v: sum) }

  mutating func kernelUpdate<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep
  ) -> ParameterUpdate {
    if step.number == 1 { workspace.fill(sum, with: initial) }
    return .adagrad(
      rate: step.rate / (1 + Double(step.number - 1) * rateDecay), epsilon: epsilon, decay: decay)
  }

  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    kernelStep(workspace, step)
  }
}

extension OptimizerEntries {
  static let adagrad = RegistryEntry(
    .optimizer, "adagrad", "a rate for each weight that only decreases",
    formula: #"s \leftarrow s+g^2,\quad w \leftarrow w-\tfrac{\eta g}{\sqrt s+\varepsilon}"#,
    [
      rate(0.01), .number("lr_decay", 0, .atLeast(0), "decay of the rate over the steps"),
      decay(0),
      .number("initial_accumulator", 0, .atLeast(0), "s at the start"), epsilon(1e-10),
    ])
}
