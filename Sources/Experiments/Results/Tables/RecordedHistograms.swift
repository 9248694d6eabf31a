import NeuralNetworks

/// A row of histograms, one for each layer, with one number of bins: a table of their ends and a grid
/// of their counts.
struct RecordedHistograms: Hashable, Sendable {
  /// What the histograms are of; part of the names of table and grid.
  enum Subject: String, Sendable, CaseIterable {
    case weightsBefore = "weights.before"
    case weightsAfter = "weights.after"
    case outputs, deltas
  }

  /// The lower end of each histogram.
  var low: [Double]
  var high: [Double]
  /// The counts of each histogram, bin by bin.
  var counts: [[Double]]
}

extension RecordedHistograms {
  private static func names(_ subject: Subject) -> (ranges: String, counts: String) {
    ("\(subject.rawValue).range", "\(subject.rawValue).counts")
  }

  init(_ histograms: [Histogram]) {
    let bins = histograms.map(\.counts.count).max() ?? 0
    low = histograms.map { roundedToFloat($0.range.lowerBound) }
    high = histograms.map { roundedToFloat($0.range.upperBound) }
    counts = histograms.map { histogram in
      histogram.counts.map(Double.init)
        + [Double](repeating: 0, count: bins - histogram.counts.count)
    }
  }

  /// Reads what ``write(to:of:)`` wrote; `nil` where the run has none.
  init?(of subject: Subject, in run: Run) {
    let names = Self.names(subject)
    guard let ranges = run.table(names.ranges).flatMap({ RangeColumns($0) }),
      let grid = run.grid(names.counts), grid.shape.count == 2,
      grid.shape[0] == ranges.low.count
    else { return nil }
    let bins = grid.shape[1]
    low = ranges.low
    high = ranges.high
    counts = low.indices.map { Array(grid.values[$0 * bins..<($0 + 1) * bins]) }
  }

  /// Keeps the histograms; nothing where they have no bins.
  func write(to run: inout Run, of subject: Subject) {
    let bins = counts.first?.count ?? 0
    guard bins > 0 else { return }
    let names = Self.names(subject)
    run.tables.append(RangeColumns(low: low, high: high).table(named: names.ranges))
    run.grids.append(
      Run.Grid(names.counts, shape: [counts.count, bins], counts.flatMap(\.self)))
  }
}

/// The lower and the upper ends of intervals, as several tables keep them.
struct RangeColumns: Hashable, Sendable {
  var low: [Double]
  var high: [Double]

  /// Two axes, each from its lower end to its upper one.
  typealias Plane = (x: (low: Double, high: Double), y: (low: Double, high: Double))

  private static let names = (low: "low", high: "high")

  init(low: [Double], high: [Double]) {
    self.low = low
    self.high = high
  }

  init(_ ranges: [ClosedRange<Double>]) {
    low = ranges.map { roundedToFloat($0.lowerBound) }
    high = ranges.map { roundedToFloat($0.upperBound) }
  }

  init?(_ table: Run.Table) {
    guard let low = table.numbers(Self.names.low), let high = table.numbers(Self.names.high) else {
      return nil
    }
    self.init(low: low, high: high)
  }

  func table(named name: String) -> Run.Table {
    Run.Table(name, [Run.Column(Self.names.low, low), Run.Column(Self.names.high, high)])
  }

  /// The two axes of a plane; `nil` where there are others, or an empty one.
  var plane: Plane? {
    guard low.count == 2, low[0] < high[0], low[1] < high[1] else { return nil }
    return ((low[0], high[0]), (low[1], high[1]))
  }
}
