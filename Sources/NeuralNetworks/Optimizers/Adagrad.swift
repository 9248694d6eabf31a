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
