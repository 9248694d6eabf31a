internal import Tensors

/// Adam by the largest gradient: `u ← max(β₂u, |g|+ε)`, `w ← w - η m̂/u`.
///
/// - Source: Kingma, Ba, *Adam* (2015), §7.1.
struct Adamax: UpdateRule {
  private let settings: AdamSettings
  private let mean: View
  private let largest: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    settings = AdamSettings(term, epsilon: 1e-8)
    mean = plan.reserve(count)
    largest = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let s = AdamStep<Element>(settings, step)
    workspace.withVectors(step, mean, largest) { w, g, m, u in
      for i in g.indices {
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        u[i] = max(s.beta2 * u[i], abs(slope) + s.epsilon)
        w[i] -= s.rate * m[i] / u[i]
      }
    }
  }
}

/// Adam that looks ahead, its momentum growing: `μₜ = β₁(1-½·0.96^(tψ))`.
///
/// - Source: Dozat, *Incorporating Nesterov momentum into Adam* (2016); as PyTorch writes it.
struct NAdam: UpdateRule {
  private let settings: AdamSettings
  private let momentumDecay: Double
  private let mean: View
  private let squares: View
  /// Πμ so far.
  private var product = 1.0

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    settings = AdamSettings(term, epsilon: 1e-8)
    momentumDecay = term.number("momentum_decay") ?? 0.004
    mean = plan.reserve(count)
    squares = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let s = AdamStep<Element>(settings, step)
    let first = step.momentum ?? settings.beta1
    func momentum(_ t: Int) -> Double {
      first * (1 - 0.5 * Double.pow(0.96, Double(t) * momentumDecay))
    }
    let now = momentum(step.number)
    let next = momentum(step.number + 1)
    product *= now
    let gradientRate = Element(step.rate * (1 - now) / (1 - product))
    let meanRate = Element(step.rate * next / (1 - product * next))
    workspace.withVectors(step, mean, squares) { w, g, m, v in
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

/// Adam that steps along the mean alone until it knows the variance of the mean square.
///
/// - Source: Liu et al., *On the variance of the adaptive learning rate and beyond* (2020).
struct RAdam: UpdateRule {
  private let settings: AdamSettings
  private let mean: View
  private let squares: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    settings = AdamSettings(term, epsilon: 1e-8)
    mean = plan.reserve(count)
    squares = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let s = AdamStep<Element>(settings, step)
    let t = Double(step.number)
    let power = Double.pow(settings.beta2, t)
    let limit = 2 / (1 - settings.beta2) - 1
    let length = limit - 2 * t * power / (1 - power)
    let isRectified = length > 5
    let rectification = Element(
      isRectified
        ? ((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length))
          .squareRoot() * (1 - power).squareRoot()
        : 1)
    workspace.withVectors(step, mean, squares) { w, g, m, v in
      for i in g.indices {
        w[i] *= s.shrink
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        v[i] = s.beta2 * v[i] + s.rest2 * slope * slope
        let scale = isRectified ? rectification / (v[i].squareRoot() + s.epsilon) : 1
        w[i] -= s.rate * m[i] * scale
      }
    }
  }
}

/// Adam by how much the gradient surprises: `v ← β₂v+(1-β₂)(g-m)²+ε`.
///
/// - Source: Zhuang et al., *AdaBelief optimizer* (2020).
struct AdaBelief: UpdateRule {
  private let settings: AdamSettings
  private let mean: View
  private let squares: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    settings = AdamSettings(term, epsilon: 1e-16)
    mean = plan.reserve(count)
    squares = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let s = AdamStep<Element>(settings, step)
    workspace.withVectors(step, mean, squares) { w, g, m, v in
      for i in g.indices {
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        let surprise = slope - m[i]
        v[i] = s.beta2 * v[i] + s.rest2 * surprise * surprise + s.epsilon
        w[i] -= s.rate * m[i] / (v[i].squareRoot() * s.root + s.epsilon)
      }
    }
  }
}

/// Adam whose mean square moves by a bounded amount: `v ← v-(1-β₂)sign(v-g²)g²`, from 0.
///
/// - Source: Zaheer et al., *Adaptive methods for nonconvex optimization* (2018); means corrected as
///   in Adam.
struct Yogi: UpdateRule {
  private let settings: AdamSettings
  private let mean: View
  private let squares: View

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    settings = AdamSettings(term, epsilon: 1e-3)
    mean = plan.reserve(count)
    squares = plan.reserve(count)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let s = AdamStep<Element>(settings, step)
    workspace.withVectors(step, mean, squares) { w, g, m, v in
      for i in g.indices {
        let slope = g[i] + s.decay * w[i]
        m[i] = s.beta1 * m[i] + s.rest1 * slope
        let square = slope * slope
        v[i] -= s.rest2 * (v[i] > square ? square : v[i] < square ? -square : 0)
        w[i] -= s.rate * m[i] / (v[i].squareRoot() * s.root + s.epsilon)
      }
    }
  }
}
