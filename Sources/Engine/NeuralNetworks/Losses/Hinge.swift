internal import Tensors

/// max(0, 1-yx).
struct Hinge: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    batch.elements {
      S.maximum(0, 1 - $1 * $0)
    } slope: {
      $1 * $0 < 1 ? -$1 : 0
    }
  }
}

/// max(0, 1-yx)².
struct SquaredHinge: LossFunction {
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(_ batch: inout LossBatch<S>) {
    batch.elements {
      let slack = S.maximum(0, 1 - $1 * $0)
      return slack * slack
    } slope: {
      -2 * $1 * S.maximum(0, 1 - $1 * $0)
    }
  }
}

extension LossDefinition {
  static let hinge = LossDefinition(
    RegistryEntry(
      .loss, "hinge", "the margin loss of two classes", formula: #"\max(0, 1-yx)"#,
      derivative: #"-y[yx<1]"#), targets: .signs, interpretation: .sign
  ) { _ in .hinge(Hinge()) }

  static let squaredHinge = LossDefinition(
    RegistryEntry(
      .loss, "squared_hinge", "the margin loss, squared", formula: #"\max(0, 1-yx)^2"#,
      derivative: #"-2y\max(0, 1-yx)"#), targets: .signs, interpretation: .sign
  ) { _ in .squaredHinge(SquaredHinge()) }
}
