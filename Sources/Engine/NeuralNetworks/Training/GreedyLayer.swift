internal import Tensors

/// A dense layer that learns without labels, as a restricted Boltzmann machine or an auto-encoder.
///
/// - Shapes: weights (I, O), bias (O), visible bias (I), with I visible and O hidden units; the
///   weights are used in both directions.
struct GreedyLayer<S: Scalar> {
  var weights: [Double]
  var bias: [Double]
  /// The bias of the reconstruction.
  private(set) var visibleBias: [Double]
  private var backWeights: [Double]?
  private var velocity: [Double]
  private let visible: Int
  private let hidden: Int
  private let function: ScalarFunction
  private let term: Term
  private let rate: Double
  private let isBinary: Bool

  init(
    visible: Int, hidden: Int, capacity: Int, function: ScalarFunction, term: Term, rate: Double,
    isFirst: Bool
  ) {
    self.visible = visible
    self.hidden = hidden
    self.function = function
    self.term = term
    self.rate = rate
    weights = [Double](repeating: 0, count: visible * hidden)
    bias = [Double](repeating: 0, count: hidden)
    visibleBias = [Double](repeating: 0, count: visible)
    velocity = [Double](repeating: 0, count: visible * hidden)
    // The inputs of layers after the first are probabilities.
    isBinary = term.word("visible") == "binary" || !isFirst && function.kernel == .sigmoid
  }

  mutating func step(_ input: [Double], _ rows: Int, _ draws: inout Generator) {
    if term.name == "rbm" {
      contrast(input, rows, &draws)
    } else {
      reconstruct(input, rows, &draws)
    }
  }

  private func up(_ v: ArraySlice<Double>) -> [Double] {
    var sums = bias
    for (i, value) in v.enumerated() where value != 0 {
      for j in 0..<hidden { sums[j] += value * weights[i * hidden + j] }
    }
    return sums
  }

  private func down(_ h: [Double], _ matrix: [Double]) -> [Double] {
    (0..<visible).map { i in
      var sum = visibleBias[i]
      for j in 0..<hidden { sum += matrix[i * hidden + j] * h[j] }
      return sum
    }
  }

  /// Contrastive divergence, CD-k: the correlations of the data minus those after k steps of Gibbs
  /// sampling.
  private mutating func contrast(_ input: [Double], _ rows: Int, _ draws: inout Generator) {
    var gradient = [Double](repeating: 0, count: visible * hidden)
    var hiddenGradient = [Double](repeating: 0, count: hidden)
    var visibleGradient = [Double](repeating: 0, count: visible)
    let steps = term.integer("k") ?? 1
    for row in 0..<rows {
      let v0 = input[row * visible..<(row + 1) * visible]
      let p0 = up(v0).map { logistic($0) }
      var p = p0
      var v: [Double] = []
      for _ in 0..<steps {
        let h = p.map { draws.bernoulli($0) ? 1.0 : 0 }
        // The reconstruction keeps probabilities instead of samples: less noise (Hinton 2010,
        // §3.2).
        v = down(h, weights)
        if isBinary { v = v.map { logistic($0) } }
        p = up(v[...]).map { logistic($0) }
      }
      let base = v0.startIndex
      for i in 0..<visible {
        visibleGradient[i] += v0[base + i] - v[i]
        for j in 0..<hidden {
          gradient[i * hidden + j] += v0[base + i] * p0[j] - v[i] * p[j]
        }
      }
      for j in 0..<hidden { hiddenGradient[j] += p0[j] - p[j] }
    }
    let scale = rate / Double(rows)
    let momentum = term.number("momentum") ?? 0
    for index in gradient.indices {
      velocity[index] = momentum * velocity[index] + scale * gradient[index]
      weights[index] += velocity[index]
    }
    for j in 0..<hidden { bias[j] += scale * hiddenGradient[j] }
    for i in 0..<visible { visibleBias[i] += scale * visibleGradient[i] }
  }

  /// One step of gradient descent on the squared error of the reconstruction, through the encoder
  /// and its transpose (or a separate decoder), from inputs some of which are set to 0.
  private mutating func reconstruct(_ input: [Double], _ rows: Int, _ draws: inout Generator) {
    let isTied = term.flag("tied")
    if !isTied, backWeights == nil { backWeights = weights }
    let decoder = backWeights ?? weights
    let noise = term.number("noise") ?? 0
    var encoderGradient = [Double](repeating: 0, count: visible * hidden)
    var decoderGradient = encoderGradient
    var hiddenGradient = [Double](repeating: 0, count: hidden)
    var visibleGradient = [Double](repeating: 0, count: visible)
    for row in 0..<rows {
      let clean = input[row * visible..<(row + 1) * visible]
      let seen = noise == 0 ? clean : ArraySlice(clean.map { draws.bernoulli(noise) ? 0 : $0 })
      let z = up(seen)
      let h = z.map { function.value($0) }
      let output = down(h, decoder)
      // The mean over the visible units keeps the rate independent of their number.
      let error = (0..<visible).map {
        2 * (output[$0] - clean[clean.startIndex + $0]) / Double(visible)
      }
      var delta = [Double](repeating: 0, count: hidden)
      for i in 0..<visible {
        visibleGradient[i] += error[i]
        for j in 0..<hidden {
          decoderGradient[i * hidden + j] += error[i] * h[j]
          delta[j] += error[i] * decoder[i * hidden + j]
        }
      }
      for j in 0..<hidden {
        delta[j] *= function.derivative(z[j])
        hiddenGradient[j] += delta[j]
      }
      for i in 0..<visible where seen[seen.startIndex + i] != 0 {
        let value = seen[seen.startIndex + i]
        for j in 0..<hidden { encoderGradient[i * hidden + j] += value * delta[j] }
      }
    }
    let scale = rate / Double(rows)
    for index in weights.indices {
      weights[index] -= scale * (encoderGradient[index] + (isTied ? decoderGradient[index] : 0))
      backWeights?[index] -= scale * decoderGradient[index]
    }
    for j in 0..<hidden { bias[j] -= scale * hiddenGradient[j] }
    for i in 0..<visible { visibleBias[i] -= scale * visibleGradient[i] }
  }
}
