internal import Tensors

/// Adam that steps along the mean alone until the variance of the mean square is known.
///
/// - Source: Liu et al., *On the variance of the adaptive learning rate and beyond* (2020).
struct RAdam: UpdateRule {
  private let moments: AdamMoments

  init(_ term: Term, _ count: Int, _ plan: inout WorkspacePlan) {
    moments = AdamMoments(term, count, &plan)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func step<Element: Scalar>(_ workspace: Workspace<Element>, _ step: UpdateStep) {
    let t = Double(step.number)
    let power = Double.pow(moments.settings.beta2, t)
    let limit = 2 / (1 - moments.settings.beta2) - 1
    let length = limit - 2 * t * power / (1 - power)
    let isRectified = length > 5
    let rectification = Element(
      isRectified
        ? ((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length))
          .squareRoot() * (1 - power).squareRoot()
        : 1)
    moments.update(workspace, step) { s, w, g, m, v in
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

extension OptimizerEntries {
  static let radam = RegistryEntry(
    .optimizer, "radam", "Adam that waits until it knows the variance",
    formula: #"w \leftarrow w-\eta\,r_t\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
    adamParameters(rate: 0.001, decoupled))
}
