internal import Tensors

/// The training loss over a plane through the weights that a training ends with, and its way there.
///
/// A network of two parameters spans the plane itself. Of more, the plane is that of the two
/// directions in which the way goes farthest, measured from its end: the largest two principal
/// axes of what separates the weights at every recorded epoch from the last.
///
/// - Source: Li et al., *Visualizing the loss landscape of neural nets* (2018), §7.2.
package struct Landscape: Hashable, Sendable {
  /// Where the weights were, in the units of the axes.
  package struct Point: Hashable, Sendable {
    package var epoch: Int
    package var x: Double
    package var y: Double
  }

  package var xRange: ClosedRange<Double>
  package var yRange: ClosedRange<Double>
  package var columns: Int
  package var rows: Int
  /// Row-major from the lowest y up; the first and the last lie on the ends of the ranges.
  package var losses: [Double]
  package var way: [Point]
  /// What the axes are, where they are parameters; else they are distances from the end.
  package var parameters: [String]?

  static let side = 41
  /// Samples that the loss is the mean over, at most.
  static let mostSamples = 1024
  static let mostParameters = 50_000
  /// Recorded epochs that the directions are made from, at most.
  static let mostDifferences = 50
}

extension Problem {
  /// Names of the trained parameters' elements, where there are two: `weight`, or `weight 2`.
  var twoParameters: [String]? {
    let specs = graph.nodes.flatMap { $0.isFrozen ? [] : $0.layer.parameters }
    let names = specs.flatMap { spec in
      spec.shape.count == 1
        ? [spec.name] : (1...min(3, spec.shape.count)).map { "\(spec.name) \($0)" }
    }
    let all = graph.nodes.reduce(0) { $0 + $1.layer.parameters.reduce(0) { $0 + $1.shape.count } }
    return names.count == 2 && all == 2 ? names : nil
  }
}

extension Landscape {
  /// - Parameters:
  ///   - weights: All parameters at each recorded epoch, of which the last counts as the end.
  ///   - loss: The loss of weights on the plane.
  /// - Returns: nil where the weights at the end are not numbers.
  init?(
    epochs: [Int], weights: [[Float]], parameters: [String]?, loss: ([Float]) -> Double
  ) {
    let known = epochs.indices.filter { weights[$0].allSatisfy { $0.isFinite } }
    guard let last = known.last, last == epochs.count - 1, !weights[last].isEmpty else {
      return nil
    }
    let plane = Plane(ways: known.map { weights[$0] }, areAxes: parameters != nil)
    way = zip(known, plane.places).map { Point(epoch: epochs[$0], x: $1.x, y: $1.y) }
    (xRange, yRange) = Self.ranges(around: plane.places)
    (columns, rows) = (Self.side, Self.side)
    self.parameters = parameters
    losses = []
    for row in 0..<rows {
      for column in 0..<columns {
        let (x, y) = (Self.place(xRange, column), Self.place(yRange, row))
        losses.append(loss(plane.weights(x, y)))
      }
    }
  }

  static func place(_ range: ClosedRange<Double>, _ index: Int) -> Double {
    let share = Double(index) / Double(side - 1)
    return range.lowerBound * (1 - share) + range.upperBound * share
  }

  /// A third more than the way takes, and in no direction less than half of the other.
  private static func ranges(
    around places: [(x: Double, y: Double)]
  ) -> (ClosedRange<Double>, ClosedRange<Double>) {
    func extent(_ values: [Double]) -> (middle: Double, half: Double) {
      let (low, high) = (values.min()!, values.max()!)
      return ((low + high) / 2, (high - low) / 2)
    }
    let (x, y) = (extent(places.map { $0.x }), extent(places.map { $0.y }))
    let largest = max(x.half, y.half)
    func range(_ extent: (middle: Double, half: Double)) -> ClosedRange<Double> {
      let half = largest > 0 ? 4 * max(extent.half, largest / 2) / 3 : 1
      return .init(spanning: extent.middle - half, extent.middle + half)
    }
    return (range(x), range(y))
  }
}

/// A plane in the space of the weights, and where a way's points lie on it.
private struct Plane {
  private let origin: [Double]
  private let directions: ([Double], [Double])
  private(set) var places: [(x: Double, y: Double)] = []

  /// - Parameter areAxes: Whether the two weights are the plane's own axes.
  init(ways: [[Float]], areAxes: Bool) {
    let end = ways[ways.count - 1].map(Double.init)
    if areAxes {
      origin = [0, 0]
      directions = ([1, 0], [0, 1])
      places = ways.map { (Double($0[0]), Double($0[1])) }
      return
    }
    origin = end
    func difference(_ weights: [Float]) -> [Double] { zip(weights, end).map { Double($0) - $1 } }
    let step = (ways.count + Landscape.mostDifferences - 1) / Landscape.mostDifferences
    let chosen = stride(from: 0, to: ways.count, by: step).map { difference(ways[$0]) }
    var (first, second) = Self.principal(chosen)
    // The way comes from the left and from above.
    if dot(chosen[0], first) > 0 { first = first.map { -$0 } }
    if dot(chosen[0], second) < 0 { second = second.map { -$0 } }
    directions = (first, second)
    places = ways.map { weights in
      let difference = difference(weights)
      return (dot(difference, first), dot(difference, second))
    }
  }

  func weights(_ x: Double, _ y: Double) -> [Float] {
    origin.indices.map { Float(origin[$0] + x * directions.0[$0] + y * directions.1[$0]) }
  }

  /// The two unit vectors along which the differences are largest; where there are not two, others
  /// at right angles, always the same.
  private static func principal(_ differences: [[Double]]) -> ([Double], [Double]) {
    let gram = differences.map { a in differences.map { dot(a, $0) } }
    let (values, vectors) = eigenvectors(ofSymmetric: gram)
    let size = differences[0].count
    var found: [[Double]] = []
    var generator = Generator(seed: 0, purpose: "landscape", index: 0)
    let order = values.indices.sorted { values[$0] > values[$1] }
    for place in 0..<2 {
      var direction: [Double]
      if place < order.count, values[order[place]] > 1e-12 * max(values[order[0]], 1e-300) {
        direction = [Double](repeating: 0, count: size)
        for (share, difference) in zip(vectors[order[place]], differences) {
          for index in 0..<size { direction[index] += share * difference[index] }
        }
      } else {
        direction = (0..<size).map { _ in generator.normal() }
      }
      for other in found {
        let share = dot(direction, other)
        for index in 0..<size { direction[index] -= share * other[index] }
      }
      let length = dot(direction, direction).squareRoot()
      found.append(length > 0 ? direction.map { $0 / length } : direction)
    }
    return (found[0], found[1])
  }
}

private func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for index in a.indices { sum += a[index] * b[index] }
  return sum
}

/// Eigenvalues and eigenvectors (the rows of `vectors`), by Jacobi's rotations.
///
/// - Source: Golub, Van Loan, *Matrix Computations*, §8.5.
private func eigenvectors(
  ofSymmetric matrix: [[Double]]
) -> (values: [Double], vectors: [[Double]]) {
  var a = matrix
  let count = a.count
  var vectors = (0..<count).map { row in (0..<count).map { $0 == row ? 1.0 : 0 } }
  for _ in 0..<60 {
    var off = 0.0
    var diagonal = 0.0
    for p in 0..<count {
      diagonal += a[p][p] * a[p][p]
      for q in 0..<p { off += a[p][q] * a[p][q] }
    }
    if off <= 1e-30 * diagonal { break }
    for p in 0..<count {
      for q in 0..<p where a[p][q] != 0 {
        let tau = (a[p][p] - a[q][q]) / (2 * a[p][q])
        let t = (tau >= 0 ? 1 : -1) / (tau.magnitude + (1 + tau * tau).squareRoot())
        let c = 1 / (1 + t * t).squareRoot()
        let s = t * c
        for k in 0..<count {
          let (x, y) = (a[k][p], a[k][q])
          (a[k][p], a[k][q]) = (c * x + s * y, c * y - s * x)
        }
        for k in 0..<count {
          let (x, y) = (a[p][k], a[q][k])
          (a[p][k], a[q][k]) = (c * x + s * y, c * y - s * x)
          let (u, v) = (vectors[p][k], vectors[q][k])
          (vectors[p][k], vectors[q][k]) = (c * u + s * v, c * v - s * u)
        }
      }
    }
  }
  return ((0..<count).map { a[$0][$0] }, vectors)
}
