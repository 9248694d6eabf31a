import DecimalText
import NeuralNetworks

/// Functions of one variable, or learning rates by epoch.
struct PlotJob: Job {
  struct Function: Hashable, Sendable {
    var term: Term
    /// The function as written by the author.
    var label: String
  }

  /// Whether derivatives are drawn. They are always computed.
  enum Derivatives: String, Hashable, Sendable, CaseIterable {
    case hidden = "false"
    case shown = "true"
    case only
  }

  var functions: [Function]
  var low: Double
  var high: Double
  var points: Int
  var derivatives: Derivatives
  /// The learning rate of schedules.
  var rate: Double
  var epochs: Int

  var isSchedules: Bool { functions.first?.term.kind == .schedule }
  var isUncached: Bool { true }

  var canonical: [NamedValue] {
    // The curves have the names that the author gave, so the names are part of the result.
    let functions = functions.map { function in
      let text = function.term.description
      return function.label == text ? text : "\(text) as \(function.label)"
    }.joined(separator: "; ")
    return isSchedules
      ? [.init("plot", functions), .init("rate", "\(rate)"), .init("epochs", "\(epochs)")]
      : [.init("plot", functions), .init("x", "\(low)..\(high)"), .init("points", "\(points)")]
  }

  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    isSchedules ? try runSchedules() : try runFunctions()
  }

  private func runSchedules() throws(EngineError) -> Run {
    var run = Run()
    var curves = RecordedCurves(of: .values, x: (1...epochs).map(Double.init), "epoch")
    for function in functions {
      let rates = try Engine.rates(of: function.term, base: rate, epochs: epochs)
      curves.add(function.label, rates.map(roundedToFloat))
      run.metrics += Self.extremes(of: rates, function.label)
    }
    run.tables = [curves.table]
    return run
  }

  private func runFunctions() throws(EngineError) -> Run {
    var run = Run()
    // The points are the nearest to low + i·step, with exact ends, so that 0 is exactly 0.
    let x = (0..<points).map { index in
      let share = Double(index) / Double(points - 1)
      return index == points - 1 ? high : (low * (1 - share) + high * share).rounded(toDigits: 12)
    }
    var curves = RecordedCurves(of: .values, x: x, "x")
    var slopes = RecordedCurves(of: .derivatives, x: x, "x")
    for function in functions {
      let y = try Engine.curve(of: function.term, at: x)
      let dy = try Engine.curve(of: function.term, at: x, derivative: true)
      curves.add(function.label, y)
      slopes.add(function.label, dy)
      run.metrics += Self.extremes(of: y, function.label)
      run.metrics.append(
        Run.Metric(.steepest, function.label, value: dy.reduce(0) { max($0, $1.magnitude) }))
    }
    run.tables = [curves.table, slopes.table]
    return run
  }

  private static func extremes(of values: [Double], _ label: String) -> [Run.Metric] {
    [
      Run.Metric(.lowest, label, value: values.min() ?? .nan),
      Run.Metric(.highest, label, value: values.max() ?? .nan),
    ]
  }
}

extension MetricKey {
  static let lowest = MetricKey("minimum", by: "function")
  static let highest = MetricKey("maximum", by: "function")
  static let steepest = MetricKey("steepest", by: "function")
}

/// Curves over one axis: a column for the axis, then one for each function, named by its label.
struct RecordedCurves: Hashable, Sendable {
  enum Subject: String, Sendable, CaseIterable {
    case values = "curves"
    case derivatives
  }

  private(set) var table: Run.Table

  init(of subject: Subject, x: [Double], _ name: String) {
    table = Run.Table(subject.rawValue, [Run.Column(name, x)])
  }

  /// Reads the form of ``table``; `nil` if the run has none.
  init?(of subject: Subject, in run: Run) {
    guard let table = run.table(subject.rawValue), !table.columns.isEmpty else { return nil }
    self.table = table
  }

  mutating func add(_ label: String, _ values: [Double]) {
    table.columns.append(Run.Column(label, values))
  }

  var x: [Double] {
    if case .numbers(let values) = table.columns[0].values { values } else { [] }
  }

  /// The functions in the order of the block.
  var functions: [(label: String, values: [Double])] {
    table.columns.dropFirst().compactMap { column in
      guard case .numbers(let values) = column.values else { return nil }
      return (column.name, values)
    }
  }
}

extension Double {
  /// The number rounded to `digits` digits after the decimal point, for axes that should include 0
  /// exactly.
  fileprivate func rounded(toDigits digits: Int) -> Double {
    Double(fixed(self, digits)) ?? self
  }
}
