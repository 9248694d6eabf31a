internal import Tensors

/// One batch of a loss that no kernel computes: its sum, the gradient of the sum, and what a mean
/// divides by. Formulas and constants are PyTorch's.
struct LossBatch<S: Scalar> {
  let loss: Loss
  let x: Elements<S>
  let rows: Int
  let columns: Int
  let labels: Integers
  let targets: Elements<S>?
  let gradient: Elements<S>?
  let each: ((S) -> Void)?
  private(set) var sum: S = 0
  private(set) var divisor: S = 0

  init(
    loss: Loss, x: Elements<S>, rows: Int, columns: Int, labels: Integers, targets: Elements<S>?,
    gradient: Elements<S>?, each: ((S) -> Void)?
  ) {
    self.loss = loss
    self.x = x
    self.rows = rows
    self.columns = columns
    self.labels = labels
    self.targets = targets
    self.gradient = gradient
    self.each = each
  }

  private var term: Term { loss.term }
  private func number(_ name: String) -> S { S(term.number(name) ?? 0) }
  private func numbers(_ name: String) -> [S]? { term.numbers(name).map { $0.map { S($0) } } }

  mutating func evaluate() {
    switch term.name {
    case "mse":
      elements {
        ($0 - $1) * ($0 - $1)
      } slope: {
        2 * ($0 - $1)
      }
    case "half_mse": halfSquares()
    case "mae":
      elements {
        ($0 - $1).magnitude
      } slope: {
        $0 > $1 ? 1 : $0 < $1 ? -1 : 0
      }
    case "huber":
      let delta = number("delta")
      elements {
        let e = ($0 - $1).magnitude
        return e <= delta ? e * e / 2 : delta * (e - delta / 2)
      } slope: {
        S.maximum(-delta, S.minimum(delta, $0 - $1))
      }
    case "smooth_l1":
      let beta = number("beta")
      elements {
        let e = ($0 - $1).magnitude
        return e < beta ? e * e / (2 * beta) : e - beta / 2
      } slope: {
        S.maximum(-1, S.minimum(1, ($0 - $1) / beta))
      }
    case "log_cosh":
      elements {
        let e = ($0 - $1).magnitude
        return e + softplus(-2 * e) - S(0.69314718055994530942)
      } slope: {
        S.tanh($0 - $1)
      }
    case "bce":
      elements { p, t in
        -(t * S.maximum(S.log(p), -100) + (1 - t) * S.maximum(S.log1p(-p), -100))
      } slope: { p, t in
        (p - t) / S.maximum(p * (1 - p), S(1e-12))
      }
    case "bce_with_logits": binaryCrossEntropy()
    case "multi_label_soft_margin": multiLabelSoftMargin()
    case "hinge":
      elements {
        S.maximum(0, 1 - $1 * $0)
      } slope: {
        $1 * $0 < 1 ? -$1 : 0
      }
    case "squared_hinge":
      elements {
        let room = S.maximum(0, 1 - $1 * $0)
        return room * room
      } slope: {
        -2 * $1 * S.maximum(0, 1 - $1 * $0)
      }
    case "soft_margin":
      elements {
        softplus(-$1 * $0)
      } slope: {
        -$1 * logistic(-$1 * $0)
      }
    case "hinge_embedding":
      let margin = number("margin")
      elements {
        $1 > 0 ? $0 : S.maximum(0, margin - $0)
      } slope: {
        $1 > 0 ? 1 : $0 < margin ? -1 : 0
      }
    case "poisson_nll": poisson()
    case "focal_binary": focalBinary()
    case "cross_entropy", "nll": classes()
    case "focal": focal()
    case "kl_div": divergence()
    case "multi_margin": multiMargin()
    case "gaussian_nll": gaussian()
    case "cosine": cosine()
    case "cosine_embedding": cosineEmbedding()
    case "margin_ranking": marginRanking()
    case "triplet_margin": triplet()
    default: preconditionFailure("the loss \(term.name) has no formula")
    }
  }

  private mutating func add(_ value: S) {
    sum += value
    each?(value)
  }

  /// A loss of each output and its target apart; the mean is over all of them.
  private mutating func elements(_ value: (S, S) -> S, slope: (S, S) -> S) {
    let targets = targets!
    for index in 0..<rows * columns {
      add(value(x[index], targets[index]))
      gradient?[index] = slope(x[index], targets[index])
    }
    divisor = S(Double(rows * columns))
  }

  private mutating func halfSquares() {
    let targets = targets!
    for row in 0..<rows {
      var total: S = 0
      for index in row * columns..<(row + 1) * columns {
        let e = x[index] - targets[index]
        total += e * e / 2
        gradient?[index] = e
      }
      add(total)
    }
    divisor = S(Double(rows))
  }

  private mutating func binaryCrossEntropy() {
    let targets = targets!
    let weights = numbers("weight")
    let positive = numbers("pos_weight")
    for index in 0..<rows * columns {
      let column = index % columns
      let (v, t) = (x[index], targets[index])
      let weight = weights.map { $0[column % $0.count] } ?? 1
      let factor = 1 + (positive.map { $0[column % $0.count] } ?? 1) * t - t
      add(weight * ((1 - t) * v + factor * softplus(-v)))
      gradient?[index] = weight * ((1 - t) - factor * logistic(-v))
    }
    divisor = S(Double(rows * columns))
  }

  private mutating func multiLabelSoftMargin() {
    let targets = targets!
    let count = S(Double(columns))
    for row in 0..<rows {
      var total: S = 0
      for index in row * columns..<(row + 1) * columns {
        let (v, t) = (x[index], targets[index])
        total += t * softplus(-v) + (1 - t) * softplus(v)
        gradient?[index] = ((1 - t) * logistic(v) - t * logistic(-v)) / count
      }
      add(total / count)
    }
    divisor = S(Double(rows))
  }

  private mutating func poisson() {
    let targets = targets!
    let epsilon = number("epsilon")
    let (isLogarithm, isFull) = (term.flag("log_input"), term.flag("full"))
    for index in 0..<rows * columns {
      let (v, t) = (x[index], targets[index])
      var value = isLogarithm ? S.exp(v) - t * v : v - t * S.log(v + epsilon)
      if isFull, t > 1 {
        value += t * S.log(t) - t + S.log(S(2 * Double.pi) * t) / 2
      }
      add(value)
      gradient?[index] = isLogarithm ? S.exp(v) - t : 1 - t / (v + epsilon)
    }
    divisor = S(Double(rows * columns))
  }

  private mutating func focalBinary() {
    let targets = targets!
    let (gamma, alpha) = (number("gamma"), number("alpha"))
    for index in 0..<rows * columns {
      let isPositive = targets[index] > 0.5
      let sign: S = isPositive ? 1 : -1
      let v = sign * x[index]
      let (p, q) = (logistic(v), logistic(-v))
      let weight = isPositive ? alpha : 1 - alpha
      let power = S.pow(q, gamma)
      let logarithm = -softplus(-v)
      add(-weight * power * logarithm)
      gradient?[index] = sign * weight * power * (gamma * p * logarithm - q)
    }
    divisor = S(Double(rows * columns))
  }

  // MARK: - Classes

  /// ln Σ e^x of a row.
  private func logSum(_ row: Int) -> S {
    var largest = -S.infinity
    for index in row * columns..<(row + 1) * columns { largest = S.maximum(largest, x[index]) }
    var total: S = 0
    for index in row * columns..<(row + 1) * columns { total += S.exp(x[index] - largest) }
    return largest + S.log(total)
  }

  /// Σ_c w_c·q_c·(-ln p_c), with q the smoothed label or the given probabilities; for `nll` the
  /// outputs are the logarithms themselves. Classes' weights divide the mean by the labels' sum.
  private mutating func classes() {
    let weights = numbers("weight")
    let smoothing = number("smoothing")
    let isLogarithm = term.name == "nll"
    for row in 0..<rows {
      let label = targets == nil ? Int(labels[row]) : 0
      let range = row * columns..<(row + 1) * columns
      guard label >= 0 else {
        each?(0)
        for index in range { gradient?[index] = 0 }
        continue
      }
      let shift = isLogarithm ? 0 : logSum(row)
      func share(_ index: Int) -> S {
        let weight = weights?[index - range.lowerBound] ?? 1
        let hot: S = targets.map { $0[index] } ?? (index - range.lowerBound == label ? 1 : 0)
        return weight * ((1 - smoothing) * hot + smoothing / S(Double(columns)))
      }
      var value: S = 0
      var total: S = 0
      for index in range {
        let q = share(index)
        if q != 0 { value += q * (shift - x[index]) }
        total += q
      }
      add(value)
      divisor += targets == nil ? weights?[label] ?? 1 : 1
      guard let gradient else { continue }
      for index in range {
        let probability = isLogarithm ? 0 : S.exp(x[index] - shift)
        gradient[index] = total * probability - share(index)
      }
    }
    if divisor == 0 { divisor = 1 }
  }

  private mutating func focal() {
    let gamma = number("gamma")
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      let shift = logSum(row)
      let label = range.lowerBound + Int(labels[row])
      let logarithm = x[label] - shift
      let p = S.exp(logarithm)
      // 1 - p as the sum of the others keeps its digits when p is almost 1.
      var q: S = 0
      for index in range where index != label { q += S.exp(x[index] - shift) }
      let power = S.pow(q, gamma)
      add(-power * logarithm)
      guard let gradient else { continue }
      // dL/dp · p, with q^(γ-1) written so that q = 0 stays finite for γ ≥ 1.
      let lower = gamma == 0 ? 0 : gamma * S.pow(q, gamma - 1)
      let slope = lower * p * logarithm - power
      for index in range {
        gradient[index] = slope * (index == label ? q : -S.exp(x[index] - shift))
      }
    }
    divisor = S(Double(rows))
  }

  private mutating func divergence() {
    let targets = targets!
    let isLogarithm = term.flag("log_target")
    for index in 0..<rows * columns {
      let t = targets[index]
      let q = isLogarithm ? S.exp(t) : t
      let logarithm = isLogarithm ? t : t > 0 ? S.log(t) : 0
      add(q == 0 ? 0 : q * (logarithm - x[index]))
      gradient?[index] = -q
    }
    divisor = S(Double(term.word("reduction") == "mean" ? rows * columns : rows))
  }

  private mutating func multiMargin() {
    let margin = number("margin")
    let isSquared = term.word("p") == "2"
    let weights = numbers("weight")
    for row in 0..<rows {
      let label = row * columns + Int(labels[row])
      let weight = (weights?[Int(labels[row])] ?? 1) / S(Double(columns))
      var total: S = 0
      var pull: S = 0
      for index in row * columns..<(row + 1) * columns where index != label {
        let room = margin - x[label] + x[index]
        guard room > 0 else {
          gradient?[index] = 0
          continue
        }
        total += isSquared ? room * room : room
        let slope = weight * (isSquared ? 2 * room : 1)
        gradient?[index] = slope
        pull += slope
      }
      gradient?[label] = -pull
      add(weight * total)
    }
    divisor = S(Double(rows))
  }

  // MARK: - Outputs in parts

  /// The first half of a row are means, the second variances.
  private mutating func gaussian() {
    let targets = targets!
    let half = columns / 2
    let epsilon = number("epsilon")
    let constant = term.flag("full") ? S(0.91893853320467274178) : 0
    for row in 0..<rows {
      for place in 0..<half {
        let index = row * columns + place
        let variance = S.maximum(x[index + half], epsilon)
        let e = x[index] - targets[row * half + place]
        add((S.log(variance) + e * e / variance) / 2 + constant)
        gradient?[index] = e / variance
        gradient?[index + half] = (1 - e * e / variance) / variance / 2
      }
    }
    divisor = S(Double(rows * half))
  }

  private func dot(_ a: Int, _ b: Int, _ count: Int) -> S {
    var total: S = 0
    for place in 0..<count { total += x[a + place] * x[b + place] }
    return total
  }

  private mutating func cosine() {
    let targets = targets!
    for row in 0..<rows {
      let range = row * columns..<(row + 1) * columns
      var (product, square, other): (S, S, S) = (0, 0, 0)
      for index in range {
        product += x[index] * targets[index]
        square += x[index] * x[index]
        other += targets[index] * targets[index]
      }
      let norms = S.maximum((square * other).squareRoot(), S(1e-8))
      add(1 - product / norms)
      guard let gradient else { continue }
      for index in range {
        gradient[index] =
          (square > 0 ? product * x[index] / square : 0) / norms - targets[index] / norms
      }
    }
    divisor = S(Double(rows))
  }

  /// The cosine of a row's halves; the target is 1 for alike, -1 for not.
  private mutating func cosineEmbedding() {
    let targets = targets!
    let margin = number("margin")
    let half = columns / 2
    for row in 0..<rows {
      let (a, b) = (row * columns, row * columns + half)
      let (first, second) = (dot(a, a, half) + S(1e-12), dot(b, b, half) + S(1e-12))
      let norms = (first * second).squareRoot()
      let cosine = dot(a, b, half) / norms
      let isAlike = targets[row] > 0
      add(isAlike ? 1 - cosine : S.maximum(0, cosine - margin))
      guard let gradient else { continue }
      let sign: S = isAlike ? -1 : cosine > margin ? 1 : 0
      for place in 0..<half {
        let (u, v) = (x[a + place], x[b + place])
        gradient[a + place] = sign * (v / norms - cosine * u / first)
        gradient[b + place] = sign * (u / norms - cosine * v / second)
      }
    }
    divisor = S(Double(rows))
  }

  private mutating func marginRanking() {
    let targets = targets!
    let margin = number("margin")
    let half = columns / 2
    for row in 0..<rows {
      for place in 0..<half {
        let index = row * columns + place
        let y = targets[row * half + place]
        let value = -y * (x[index] - x[index + half]) + margin
        add(S.maximum(0, value))
        gradient?[index] = value > 0 ? -y : 0
        gradient?[index + half] = value > 0 ? y : 0
      }
    }
    divisor = S(Double(rows * half))
  }

  /// A row's thirds: an anchor, one alike, one not. Distances are norms of a - b + 10⁻⁶.
  private mutating func triplet() {
    let margin = number("margin")
    let third = columns / 3
    for row in 0..<rows {
      let (a, p, n) = (row * columns, row * columns + third, row * columns + 2 * third)
      func distance(_ other: Int) -> S {
        var total: S = 0
        for place in 0..<third {
          let e = x[a + place] - x[other + place] + S(1e-6)
          total += e * e
        }
        return total.squareRoot()
      }
      let (near, far) = (distance(p), distance(n))
      let value = near - far + margin
      add(S.maximum(0, value))
      guard let gradient else { continue }
      for place in 0..<third {
        let up = value > 0 ? (x[a + place] - x[p + place] + S(1e-6)) / near : 0
        let down = value > 0 ? (x[a + place] - x[n + place] + S(1e-6)) / far : 0
        gradient[a + place] = up - down
        gradient[p + place] = -up
        gradient[n + place] = down
      }
    }
    divisor = S(Double(rows))
  }
}
