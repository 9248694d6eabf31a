internal import Tensors

/// CMA-ES: samples from a normal distribution over the parameters, and adapts its mean and
/// covariance to the better half of the samples. No gradient.
///
/// A step is one generation; the parameters become the mean of the distribution. The covariance `C
/// = AAᵀ` is stored as its Cholesky factor and updated by one vector at a time, without
/// eigenvectors; above 500 weights (or if asked) only its diagonal is adapted, with a rate (n+2)/3
/// times as large. All of it is in Double. A loss of NaN counts as infinite.
/// - Source: Hansen, *The CMA evolution strategy: a tutorial* (2016), for the constants; Krause,
///   Arbonès, Igel, *CMA-ES with optimal covariance update and storage complexity* (2016); Ros,
///   Hansen, *A simple modification in CMA-ES* (2008), for the diagonal.
struct CovarianceAdaptation: EvaluatingRule {
  private let count: Int
  private let size: Int
  private let weights: [Double]
  private let effectiveSize: Double
  private let pathRate: Double
  private let pathDamping: Double
  private let covariancePathRate: Double
  private let rankOneRate: Double
  private let rankManyRate: Double
  private let expectedLength: Double

  private var sigma: Double
  private var shape: SearchShape
  private var mean: [Double]
  private var lengthPath: [Double]
  private var covariancePath: [Double]
  /// z ~ N(0, I) of each sample; `moves` holds y = Az.
  private var draws: [Double]
  private var moves: [Double]
  private var meanDraw: [Double]
  private var meanMove: [Double]
  private var losses: [Double]
  private var order: [Int]
  private var generator: Generator

  /// - Throws: `EngineError.option` for a whole covariance of more than 4,000 weights.
  init(_ term: Term, _ count: Int, _ seed: UInt64) throws(EngineError) {
    let n = Double(max(count, 1))
    let isDiagonal =
      switch term.word("covariance") {
      case "diagonal": true
      case "full": false
      default: count > 500
      }
    if !isDiagonal, count > 4000 {
      throw .option(
        "covariance",
        problem: "the whole covariance of \(count) weights is too large: choose `diagonal`")
    }
    self.count = count
    let size = term.integer("population") ?? 4 + Int(clamped: 3 * Double.log(n))
    self.size = size
    sigma = term.number("sigma") ?? 0.5
    let raw = (1...size / 2).map { Double.log((Double(size) + 1) / 2) - Double.log(Double($0)) }
    let total = raw.reduce(0, +)
    let weights = raw.map { $0 / total }
    self.weights = weights
    let mu = 1 / weights.reduce(0) { $0 + $1 * $1 }
    effectiveSize = mu
    pathRate = (mu + 2) / (n + mu + 5)
    pathDamping = 1 + 2 * max(0, ((mu - 1) / (n + 1)).squareRoot() - 1) + pathRate
    covariancePathRate = (4 + mu / n) / (n + 4 + 2 * mu / n)
    let gain = isDiagonal ? (n + 2) / 3 : 1
    rankOneRate = min(1, gain * 2 / ((n + 1.3) * (n + 1.3) + mu))
    rankManyRate = min(
      1 - rankOneRate, gain * 2 * (mu - 2 + 1 / mu) / ((n + 2) * (n + 2) + mu))
    expectedLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))

    shape =
      isDiagonal
      ? .diagonal(variances: Array(repeating: 1, count: count))
      : .full(CholeskyFactor(identity: count))
    let zeros = [Double](repeating: 0, count: count)
    (mean, lengthPath, covariancePath, meanDraw, meanMove) = (zeros, zeros, zeros, zeros, zeros)
    draws = Array(repeating: 0, count: size * count)
    moves = draws
    losses = Array(repeating: 0, count: size)
    order = Array(0..<size)
    generator = Generator(seed: seed, purpose: "cma_es")
  }

  var evaluation: OptimizerEvaluation { .loss }
  var evaluationsPerStep: Int { size }

  mutating func step<Element: Scalar>(
    _ workspace: Workspace<Element>, _ step: UpdateStep, evaluate: () -> Double
  ) -> Double {
    workspace.withElements(step.parameters) { w in
      // The mean is kept in Double: only parameters that were changed elsewhere are read back.
      for i in w.indices where w[i] != Element(mean[i]) { mean[i] = w[i].double }
    }
    for i in draws.indices { draws[i] = generator.normal() }
    for individual in 0..<size {
      let range = individual * count..<(individual + 1) * count
      shape.transform(draws[range], into: &moves[range])
      place(workspace, step.parameters, individual)
      let loss = evaluate()
      losses[individual] = loss.isNaN ? .infinity : loss
      order[individual] = individual
    }
    let losses = losses
    order.sort { losses[$0] != losses[$1] ? losses[$0] < losses[$1] : $0 < $1 }
    adapt(generation: step.number)
    workspace.withMutableElements(step.parameters) { w in
      for i in w.indices { w[i] = Element(mean[i]) }
    }
    return losses[order[0]]
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func place<Element: Scalar>(
    _ workspace: Workspace<Element>, _ parameters: View, _ individual: Int
  ) {
    workspace.withMutableElements(parameters) { w in
      for i in w.indices { w[i] = Element(mean[i] + sigma * moves[individual * count + i]) }
    }
  }

  private mutating func adapt(generation: Int) {
    for i in 0..<count {
      var draw = 0.0
      var move = 0.0
      for (rank, weight) in weights.enumerated() {
        draw += weight * draws[order[rank] * count + i]
        move += weight * moves[order[rank] * count + i]
      }
      meanDraw[i] = draw
      meanMove[i] = move
      mean[i] += sigma * move
    }

    let keepLength = 1 - pathRate
    let addLength = (pathRate * (2 - pathRate) * effectiveSize).squareRoot()
    var square = 0.0
    for i in 0..<count {
      lengthPath[i] = keepLength * lengthPath[i] + addLength * meanDraw[i]
      square += lengthPath[i] * lengthPath[i]
    }
    let length = square.squareRoot()
    let expectedNow =
      (1 - Double.pow(keepLength, 2 * Double(generation))).squareRoot() * expectedLength
    // If the path grew too fast, σ is too small, and C is not adapted.
    let isSteady = length < (1.4 + 2 / (Double(count) + 1)) * expectedNow

    let keepPath = 1 - covariancePathRate
    let spread = covariancePathRate * (2 - covariancePathRate)
    let addPath = isSteady ? (spread * effectiveSize).squareRoot() : 0
    for i in 0..<count { covariancePath[i] = keepPath * covariancePath[i] + addPath * meanMove[i] }
    shape.scale(by: 1 - rankOneRate - rankManyRate + (isSteady ? 0 : rankOneRate * spread))
    shape.add(covariancePath[...], times: rankOneRate)
    for (rank, weight) in weights.enumerated() {
      let start = order[rank] * count
      shape.add(moves[start..<start + count], times: rankManyRate * weight)
    }
    sigma *= Double.exp(min(1, pathRate / pathDamping * (length / expectedLength - 1)))
  }
}

/// The shape of the distribution: a covariance, or only its diagonal.
private enum SearchShape: Sendable {
  case full(CholeskyFactor)
  case diagonal(variances: [Double])

  /// `y = Az`
  func transform(_ z: ArraySlice<Double>, into y: inout ArraySlice<Double>) {
    switch self {
    case .full(let factor): factor.multiply(z, into: &y)
    case .diagonal(let variances):
      for (i, variance) in variances.enumerated() {
        y[y.startIndex + i] = variance.squareRoot() * z[z.startIndex + i]
      }
    }
  }

  /// `C ← factor·C`
  mutating func scale(by factor: Double) {
    modify {
      $0.scale(by: factor.squareRoot())
    } diagonal: { variances in
      for i in variances.indices { variances[i] *= factor }
    }
  }

  /// `C ← C+factor·vvᵀ`
  mutating func add(_ v: ArraySlice<Double>, times factor: Double) {
    modify {
      $0.add(v, times: factor.squareRoot())
    } diagonal: { variances in
      for i in variances.indices {
        variances[i] += factor * v[v.startIndex + i] * v[v.startIndex + i]
      }
    }
  }

  /// Changes the payload of the case in place, without copying it.
  private mutating func modify(
    _ full: (inout CholeskyFactor) -> Void, diagonal: (inout [Double]) -> Void
  ) {
    switch consume self {
    case .full(var factor):
      self = .diagonal(variances: [])
      full(&factor)
      self = .full(factor)
    case .diagonal(var variances):
      self = .diagonal(variances: [])
      diagonal(&variances)
      self = .diagonal(variances: variances)
    }
  }
}

extension OptimizerEntries {
  static let cmaES = RegistryEntry(
    .optimizer, "cma_es", aliases: ["cmaes"],
    "no gradient: a normal distribution over the weights that adapts its covariance",
    formula: #"w_i \sim N(m, \sigma^2C)"#,
    [
      .number("sigma", 0.5, .above(0), "standard deviation at the start", positional: true),
      .integer("population", nil, 4...10_000, "samples of a generation; by default 4+⌊3 ln n⌋"),
      .choice(
        "covariance", ["auto", "full", "diagonal"],
        "the whole matrix, or its diagonal; by default the whole up to 500 weights"),
    ])
}
