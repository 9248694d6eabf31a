import DecimalText
import Diagnostics
import Markup

extension ExperimentResult {
  /// The result for a terminal: tables of its numbers, curves in block characters.
  package var text: String {
    experiment.verb.definition.text(of: self).filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The text of each run, preceded by its variables and the metrics without selectors.
  func each(_ text: (Run) -> String) -> [String] {
    zip(experiment.plans, outcome.runs).flatMap { plan, run in
      let names = plan.variables.map { "\($0.name)=\($0.value)" }
      let seed = plan.seed.map { ["seed=\($0)"] } ?? []
      let plain = run.metrics.filter(\.selectors.isEmpty).map {
        "\($0.name) \(significant($0.value, 4))"
      }
      let head = (names + seed + plain).joined(separator: ", ")
      return [(head.isEmpty ? "" : head + "\n") + text(run)]
    }
  }

  // MARK: Many runs

  /// A table with a row for each run: its metrics and its curve.
  var runTable: String {
    let names = Self.columns(of: outcome.runs)
    let hasSeeds = experiment.plans.contains { $0.seed != nil }
    var rows = [experiment.variables.map(\.name) + (hasSeeds ? ["seed"] : []) + names + ["curve"]]
    for (plan, run) in zip(experiment.plans, outcome.runs) {
      let seed = hasSeeds ? [plan.seed.map(String.init) ?? ""] : []
      let curve =
        run.table(HistoryTable.self)?.trainLoss ?? run.table(SignalTable.self)?.variance ?? []
      rows.append(
        plan.variables.map(\.value) + seed
          + names.map { name in run.metric(name).map { significant($0, 4) } ?? "" }
          + [Sparkline.text(curve)])
    }
    return TextTable(rows).text + selectedText
  }

  /// Metrics with selectors, which need a table of their own; for a single run only.
  private var selectedText: String {
    guard outcome.runs.count == 1, let run = outcome.runs.first else { return "" }
    let selected = run.metrics.filter { !$0.selectors.isEmpty }
    guard !selected.isEmpty else { return "" }
    return "\n" + TextTable(selected.map { [$0.label, significant($0.value, 4)] }).text
  }

  /// Names of the metrics of any run, in order, without those that repeat another.
  private static func columns(of runs: [Run]) -> [String] {
    var names: [String] = []
    for metric in runs.flatMap(\.metrics) where metric.selectors.isEmpty {
      if !names.contains(metric.name) { names.append(metric.name) }
    }
    let quiet: Set<String> = [
      "train.loss", "train.accuracy", "best.train.loss", "best.test.loss", "best.test.accuracy",
      "first.loss", "rate", "samples", "layers", "multiply_adds", "steps",
    ]
    return names.filter { !quiet.contains($0) }
  }

  // MARK: Functions

  /// A table with a row for each function: its extremes and its curve.
  var curveTable: String {
    let names = experiment.verb.definition.metrics.map(\.name).filter { name in
      outcome.runs.contains { $0.metrics.contains { $0.name == name } }
    }
    var rows = [experiment.variables.map(\.name) + ["function"] + names + ["curve"]]
    for (plan, run) in zip(experiment.plans, outcome.runs) {
      for (label, values) in RecordedCurves(of: .values, in: run)?.functions ?? [] {
        let numbers = names.map { name in
          run.metrics.first { metric in
            metric.name == name && metric.selectors.contains { $0.value == label }
          }.map { significant($0.value, 4) } ?? ""
        }
        rows.append(plan.variables.map(\.value) + [label] + numbers + [Sparkline.text(values)])
      }
    }
    return TextTable(rows).text
  }
}

extension Run {
  /// The columns of a table that are shown at a terminal; empty if the run has no such table.
  func text<Table: RunTable>(of type: Table.Type) -> String {
    guard let table = table(type)?.table else { return "" }
    let shown = Table.columns.compactMap { column -> [String]? in
      guard let digits = column.textDigits,
        let values = table.columns.first(where: { $0.name == column.name })?.values
      else { return nil }
      return switch values {
      case .words(let words): [column.name] + words
      case .numbers(let numbers): [column.name] + numbers.map { significant($0, digits) }
      }
    }
    return TextTable((0...table.rowCount).map { row in shown.map { $0[row] } }).text
  }
}

/// Cells in aligned columns.
struct TextTable {
  let text: String

  init(_ rows: [[String]]) {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      rows.map { column < $0.count ? Self.width($0[column]) : 0 }.max() ?? 0
    }
    text = rows.map { row in
      var line = ""
      for (index, cell) in row.enumerated() {
        line += index > 0 ? "  " + cell : cell
        line += String(repeating: " ", count: widths[index] - Self.width(cell))
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }

  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + Diagnostic.columns(of: $1) }
  }
}

/// A curve in block characters of eight heights.
enum Sparkline {
  /// At most forty values, evenly chosen. NaN is a gap.
  static func text(_ values: [Double]) -> String {
    let finite = values.filter(\.isFinite)
    guard values.count > 1, let low = finite.min(), let high = finite.max(), low < high else {
      return ""
    }
    let blocks = Array("▁▂▃▄▅▆▇█")
    let count = min(40, values.count)
    return String(
      (0..<count).map { index in
        let value = values[index * (values.count - 1) / (count - 1)]
        guard value.isFinite else { return value > 0 ? "∞" : " " }
        let height = Int(clamped: (value / 2 - low / 2) / (high / 2 - low / 2) * 8)
        return blocks[min(7, max(0, height))]
      })
  }
}
