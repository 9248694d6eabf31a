internal import Tensors

/// The training loss over a plane through the weights that a training ends with, and the trajectory
/// of the weights on it.
///
/// A network of two parameters spans the plane itself. With more, it is spanned by the
/// two directions in which the trajectory extends most, measured from its end: the first two
/// principal axes of the differences between the weights at every recorded epoch and the last.
///
/// - Source: Li et al., *Visualizing the loss landscape of neural nets* (2018), §7.2.
package struct Landscape: Hashable, Sendable {
  /// The position of the weights, in the units of the axes.
  package struct Point: Hashable, Sendable {
    /// The epoch after which the weights were recorded.
    package var epoch: Int
    /// Along the first axis.
    package var x: Double
    /// Along the second axis.
    package var y: Double
  }

  /// The range of the first axis.
  package var xRange: ClosedRange<Double>
  /// The range of the second axis.
  package var yRange: ClosedRange<Double>
  /// Grid points along x.
  package var columns: Int
  /// Grid points along y.
  package var rows: Int
  /// Losses at the grid points, (rows, columns), from the lowest y up; the first and the last are
  /// at the ends of the ranges.
  package var losses: [Double]
  /// The weights at each recorded epoch, projected onto the plane.
  package var trajectory: [Point]
  /// The names of the axes where they are parameters; nil where they are distances from the end.
  package var parameters: [String]?

  /// Grid points along each axis.
  static let side = 41
  /// The maximum number of samples over which the loss is averaged.
  static let sampleLimit = 1024
  /// The maximum number of parameters of the network.
  static let parameterLimit = 50_000
  /// The maximum number of recorded epochs that the directions are computed from.
  static let differenceLimit = 50
}

extension Problem {
  /// Names of the trained parameters' elements, where there are two: `weight`, or `weight 2`.
  var twoParameterNames: [String]? {
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
  ///   - weights: All parameters at each recorded epoch; the last ones are the end.
  ///   - loss: The loss of weights on the plane.
  /// - Returns: nil where the weights at the end are not numbers.
  init?(
    epochs: [Int], weights: [[Float]], parameters: [String]?, loss: ([Float]) -> Double
  ) {
    let known = epochs.indices.filter { weights[$0].allSatisfy { $0.isFinite } }
    guard let last = known.last, last == epochs.count - 1, !weights[last].isEmpty else {
      return nil
    }
    let plane = LandscapePlane(known.map { weights[$0] }, areAxes: parameters != nil)
    trajectory = zip(known, plane.places).map { Point(epoch: epochs[$0], x: $1.x, y: $1.y) }
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

  /// Ranges a third larger than the trajectory's extent, neither less than half of the other.
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
