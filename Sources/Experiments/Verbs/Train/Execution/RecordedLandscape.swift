import DecimalText
import NeuralNetworks

/// The loss around the final weights of a training, and the trajectory of the training in that
/// plane.
struct RecordedLandscape: Hashable, Sendable {
  /// The ranges of the plane: x, then y.
  var ranges: RangeColumns
  var trajectory: TrajectoryTable
  /// The two parameters that span the plane, if the network has only two.
  var parameters: ParameterTable?
  /// Shape: (rows, columns), from the lowest y.
  var losses: Run.Grid
}

/// The projection of the weights onto the plane, epoch by epoch.
struct TrajectoryTable: RunTable {
  var epoch: [Double] = []
  var x: [Double] = []
  var y: [Double] = []

  static let name = "landscape.way"
  static let columns: [RunColumn<Self>] = [
    .numbers("epoch", \.epoch), .numbers("x", \.x), .numbers("y", \.y),
  ]
}

/// The parameters on the axes of a landscape.
struct ParameterTable: RunTable {
  var parameter: [String] = []

  static let name = "landscape.axes"
  static let columns: [RunColumn<Self>] = [.words("name", \.parameter)]
}

extension RecordedLandscape {
  private static let rangeName = "landscape.range"
  private static let lossName = "landscape"

  init(_ landscape: Landscape) {
    ranges = RangeColumns([landscape.xRange, landscape.yRange])
    trajectory = TrajectoryTable(
      epoch: landscape.trajectory.map { Double($0.epoch) },
      x: landscape.trajectory.map { roundedToFloat($0.x) },
      y: landscape.trajectory.map { roundedToFloat($0.y) })
    parameters = landscape.parameters.map { ParameterTable(parameter: $0) }
    // Four digits exceed the precision of a contour line.
    losses = Run.Grid(
      Self.lossName, shape: [landscape.rows, landscape.columns],
      landscape.losses.map { $0.isFinite ? Double(significant($0, 4)) ?? $0 : .nan })
  }

  /// Reads the form written by ``write(to:)``; `nil` if the run has no landscape.
  init?(in run: Run) {
    guard let ranges = run.table(Self.rangeName).flatMap({ RangeColumns($0) }),
      let trajectory = run.table(TrajectoryTable.self), let losses = run.grid(Self.lossName),
      losses.shape.count == 2
    else { return nil }
    self.ranges = ranges
    self.trajectory = trajectory
    self.losses = losses
    parameters = run.table()
  }

  func write(to run: inout Run) {
    run.tables.append(ranges.table(named: Self.rangeName))
    run.add(trajectory)
    if let parameters { run.add(parameters) }
    run.grids.append(losses)
  }
}
