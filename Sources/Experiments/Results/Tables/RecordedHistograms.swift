import NeuralNetworks

/// A sequence of histograms, one for each layer, with equally many bins: a table of their ranges
/// and a grid of their counts.
struct RecordedHistograms: Hashable, Sendable {
  /// The histograms' quantity; part of the names of table and grid.
  enum Subject: String, Sendable, CaseIterable {
    case weightsBefore = "weights.before"
    case weightsAfter = "weights.after"
    case outputs, deltas
  }

  /// The lower end of each histogram's range.
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

  /// Reads the form written by ``write(to:of:)``; `nil` if the run has none.
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

  /// Adds the histograms to the run, unless they have no bins.
  func write(to run: inout Run, of subject: Subject) {
    let bins = counts.first?.count ?? 0
    guard bins > 0 else { return }
    let names = Self.names(subject)
    run.tables.append(RangeColumns(low: low, high: high).table(named: names.ranges))
    run.grids.append(
      Run.Grid(names.counts, shape: [counts.count, bins], counts.flatMap(\.self)))
  }
}

/// The lower and upper ends of intervals, as stored in several tables.
struct RangeColumns: Hashable, Sendable {
  var low: [Double]
  var high: [Double]

  /// Two axes, each with its lower and upper end.
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

  /// The two axes of a plane; `nil` if there are not exactly two, or one is empty.
  var plane: Plane? {
    guard low.count == 2, low[0] < high[0], low[1] < high[1] else { return nil }
    return ((low[0], high[0]), (low[1], high[1]))
  }
}
