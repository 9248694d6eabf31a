internal import Tensors

/// A plane in the space of the weights, and the coordinates of a trajectory's points on it.
struct LandscapePlane: Sendable {
  private let origin: [Double]
  private let directions: ([Double], [Double])
  /// The coordinates of each point of the trajectory.
  private(set) var places: [(x: Double, y: Double)] = []

  /// - Parameter areAxes: Whether the two weights are the plane's own axes.
  init(_ trajectory: [[Float]], areAxes: Bool) {
    let end = trajectory[trajectory.count - 1].map(Double.init)
    if areAxes {
      origin = [0, 0]
      directions = ([1, 0], [0, 1])
      places = trajectory.map { (Double($0[0]), Double($0[1])) }
      return
    }
    origin = end
    func difference(_ weights: [Float]) -> [Double] { zip(weights, end).map { Double($0) - $1 } }
    let count = trajectory.count
    let step = (count + Landscape.differenceLimit - 1) / Landscape.differenceLimit
    let chosen = stride(from: 0, to: count, by: step).map { difference(trajectory[$0]) }
    var (first, second) = Self.principal(chosen)
    // The trajectory starts at the top left of its end.
    if dot(chosen[0], first) > 0 { first = first.map { -$0 } }
    if dot(chosen[0], second) < 0 { second = second.map { -$0 } }
    directions = (first, second)
    places = trajectory.map { weights in
      let difference = difference(weights)
      return (dot(difference, first), dot(difference, second))
    }
  }

  /// The weights at a place of the plane.
  func weights(_ x: Double, _ y: Double) -> [Float] {
    origin.indices.map { Float(origin[$0] + x * directions.0[$0] + y * directions.1[$0]) }
  }

  /// The two unit vectors along which the differences are largest. Where there are fewer than two,
  /// random ones at right angles to them, from a fixed stream.
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
