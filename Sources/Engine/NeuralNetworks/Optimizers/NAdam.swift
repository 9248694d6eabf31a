internal import Tensors

/// Adam with Nesterov momentum that increases over the steps: `μₜ = β₁(1-½·0.96^(tψ))`.
///
/// - Source: Dozat, *Incorporating Nesterov momentum into Adam* (2016); as PyTorch writes it.
struct NAdam: UpdateRule {
  private let moments: AdamMoments
  private let momentumDecay: Double
  /// Πμ so far.
  private var product = 1.0

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    moments = AdamMoments(term, count, &plan)
    momentumDecay = term.number("momentum_decay") ?? 0.004
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let first = step.momentum ?? moments.settings.beta1
    func momentum(_ t: Int) -> Double {
      first * (1 - 0.5 * Double.pow(0.96, Double(t) * momentumDecay))
    }
    let now = momentum(step.number)
    let next = momentum(step.number + 1)
    product *= now
    let gradientRate = Element(step.rate * (1 - now) / (1 - product))
    let meanRate = Element(step.rate * next / (1 - product * next))
    moments.update(workspace, step) { s, w, g, m, v in
      for i in g.indices {
        w[i] *= s.shrink
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        v[i] = s.beta2 * v[i] + s.rest2 * slope * slope
        let scale = v[i].squareRoot() * s.root + s.epsilon
        w[i] -= (gradientRate * slope + meanRate * m[i]) / scale
      }
    }
  }
}

extension OptimizerEntries {
  static let nadam = RegistryEntry(
    .optimizer, "nadam", "Adam that looks ahead",
    formula:
      #"w \leftarrow w-\eta\frac{\mu_{t+1}\hat m+(1-\mu_t)\hat g}{\sqrt{\hat v}+\varepsilon}"#,
    adamParameters(
      rate: 0.002, .number("momentum_decay", 0.004, .atLeast(0), "decay of the momentum"),
      decoupled))
}
