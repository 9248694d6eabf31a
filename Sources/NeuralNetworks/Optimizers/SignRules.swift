internal import Tensors

/// Resilient propagation: a step length for each weight, which only the gradient's sign changes.
///
/// `iRprop⁻`: where the sign changed the step shrinks, and this gradient counts as 0.
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

/// `w ← w - η(sign(β₁m+(1-β₁)g)+λw)`, `m ← β₂m+(1-β₂)g`.
///
/// - Source: Chen et al., *Symbolic discovery of optimization algorithms* (2023).
struct Lion: UpdateRule {
  private let beta1: Double
  private let beta2: Double
  private let decay: Double
  private let mean: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    beta1 = term.number("beta1") ?? 0.9
    beta2 = term.number("beta2") ?? 0.99
    decay = term.number("weight_decay") ?? 0
    mean = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let first = step.momentum ?? beta1
    let rate = Element(step.rate)
    let decay = Element(decay)
    let beta1 = Element(first)
    let rest1 = Element(1 - first)
    let beta2 = Element(beta2)
    let rest2 = Element(1 - self.beta2)
    workspace.withVectors(step, mean) { w, g, m in
      for i in g.indices {
        let slope = g[i]
        w[i] -= rate * (signum(beta1 * m[i] + rest1 * slope) + decay * w[i])
        m[i] = beta2 * m[i] + rest2 * slope
      }
    }
  }
}

/// `m ← μm+(1-μ)g`, `w ← w - η(sign m+λw)`.
///
/// - Source: Bernstein et al., *signSGD* (2018).
struct SignDescent: UpdateRule {
  private let momentum: Double
  private let decay: Double
  private let mean: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    momentum = term.number("momentum") ?? 0
    decay = term.number("weight_decay") ?? 0
    mean = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let share = step.momentum ?? momentum
    let rate = Element(step.rate)
    let decay = Element(decay)
    let momentum = Element(share)
    let rest = Element(1 - share)
    workspace.withVectors(step, mean) { w, g, m in
      for i in g.indices {
        m[i] = momentum * m[i] + rest * g[i]
        w[i] -= rate * (signum(m[i]) + decay * w[i])
      }
    }
  }
}
