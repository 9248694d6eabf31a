import NeuralNetworks

/// A network's output over the plane of two inputs, frame by frame.
struct RecordedBoundary: Hashable, Sendable {
  /// The ranges of the plane: x, then y.
  var ranges: RangeColumns
  var frames: BoundaryFrameTable
  /// For each frame, row and column: the probability of the second of two classes, or, with more
  /// classes, of the winning class, in integer thousandths of the frame's range. Shape: (frames,
  /// rows, columns).
  var shares: Run.Grid
  /// The winning class if there are more than two classes, in the same shape.
  var classes: Run.Grid?
  var points: BoundaryPointTable
}

/// The frames of a boundary: their epochs, and the range of numbers in each.
struct BoundaryFrameTable: RunTable {
  var epoch: [Double] = []
  var lowest: [Double] = []
  var highest: [Double] = []

  static let name = "boundary.epochs"
  static let columns: [RunColumn<Self>] = [
    .numbers("epoch", \.epoch), .numbers("minimum", \.lowest), .numbers("maximum", \.highest),
  ]
}

/// The samples in the plane of a boundary.
struct BoundaryPointTable: RunTable {
  var x: [Double] = []
  var y: [Double] = []
  var label: [Double] = []
  /// 1 for a held-out sample.
  var heldOut: [Double] = []

  static let name = "boundary.points"
  static let columns: [RunColumn<Self>] = [
    .numbers("x", \.x), .numbers("y", \.y), .numbers("class", \.label),
    .numbers("held.out", \.heldOut),
  ]
}

extension RecordedBoundary {
  private static let rangeName = "boundary.range"
  private static let shareName = "boundary"
  private static let className = "boundary.class"

  /// - Parameter classes: The number of named classes of the targets; 0 if they have no names.
  /// - Returns: `nil` without frames.
  init?(_ boundaries: [BoundaryFrame], classes: Int) {
    guard let first = boundaries.first else { return nil }
    let frames = boundaries.filter { $0.rows == first.rows && $0.columns == first.columns }
    let shape = [frames.count, first.rows, first.columns]
    // For two classes the probability of the second is enough; for more, the winner and its
    // probability.
    let isBinary = max(2, classes) == 2
    let shares = frames.map { frame in
      zip(frame.classes, frame.confidence).map { label, confidence in
        isBinary && label == 0 ? 1 - confidence : confidence
      }
    }
    ranges = RangeColumns([first.xRange, first.yRange])
    self.classes =
      isBinary
      ? nil
      : Run.Grid(
        Self.className, shape: shape, frames.flatMap { $0.classes.map(Double.init) })
    self.frames = BoundaryFrameTable(
      epoch: frames.map { Double($0.epoch) },
      lowest: shares.map { roundedToFloat($0.filter(\.isFinite).min() ?? 0) },
      highest: shares.map { roundedToFloat($0.filter(\.isFinite).max() ?? 1) })
    self.shares = Run.Grid(
      Self.shareName, shape: shape, Self.thousandths(of: shares, spanning: self.frames))
    points = BoundaryPointTable(first)
  }

  /// The shares in integer thousandths of their frame's range: enough for the picture, even if a
  /// network's output hardly varies.
  private static func thousandths(
    of shares: [[Double]], spanning frames: BoundaryFrameTable
  ) -> [Double] {
    shares.enumerated().flatMap { frame, shares in
      let low = frames.lowest[frame]
      let span = frames.highest[frame] - low
      return shares.map {
        $0.isNaN ? .nan : span > 0 ? ((($0 - low) / span) * 1000).rounded() : 0
      }
    }
  }

  /// Reads the form written by ``write(to:)``; `nil` if the run has no boundary.
  init?(in run: Run) {
    guard let ranges = run.table(Self.rangeName).flatMap({ RangeColumns($0) }),
      let frames = run.table(BoundaryFrameTable.self), let shares = run.grid(Self.shareName),
      shares.shape.count == 3, shares.shape[0] == frames.epoch.count, !frames.epoch.isEmpty
    else { return nil }
    self.ranges = ranges
    self.frames = frames
    self.shares = shares
    classes = run.grid(Self.className).flatMap { $0.shape == shares.shape ? $0 : nil }
    points = run.table() ?? BoundaryPointTable()
  }

  func write(to run: inout Run) {
    run.tables.append(ranges.table(named: Self.rangeName))
    if let classes { run.grids.append(classes) }
    run.add(frames)
    run.grids.append(shares)
    run.add(points)
  }

  /// The numbers of a frame as probabilities, row by row from the lowest y.
  func probabilities(of frame: Int) -> [Double] {
    let (low, high) = (frames.lowest[frame], frames.highest[frame])
    return shares.values[cells(of: frame)].map { low + (high - low) * $0 / 1000 }
  }

  /// The indices of a frame's cells in the grids.
  func cells(of frame: Int) -> Range<Int> {
    let count = shares.shape[1] * shares.shape[2]
    return frame * count..<(frame + 1) * count
  }
}

extension BoundaryPointTable {
  fileprivate init(_ frame: BoundaryFrame) {
    let xPlace = DecimalPlace.pixel(of: frame.xRange)
    let yPlace = DecimalPlace.pixel(of: frame.yRange)
    x = frame.points.map { xPlace.rounded($0.x) }
    y = frame.points.map { yPlace.rounded($0.y) }
    label = frame.points.map { Double($0.label) }
    heldOut = frame.points.map { $0.isTest ? 1 : 0 }
  }
}
