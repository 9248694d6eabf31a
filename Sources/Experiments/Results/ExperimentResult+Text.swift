import Diagnostics
import Markup

extension ExperimentResult {
  /// The result for a terminal: a row for each run with its numbers, and its curve in block
  /// characters.
  package var text: String {
    let rows = zip(experiment.plans, outcome.runs).map { plan, run in
      TextRow(plan, run)
    }
    let names = Self.columns(of: outcome.runs)
    let labels =
      (experiment.variables.map(\.name) + (rows.contains { $0.seed != nil } ? ["seed"] : []))
    var table = [labels + names + ["curve"]]
    for (row, run) in zip(rows, outcome.runs) {
      table.append(
        row.variables + (row.seed.map { [$0] } ?? [])
          + names.map { name in run.metric(name).map { significant($0, 4) } ?? "" }
          + [row.curve])
    }
    if outcome.runs.allSatisfy({ $0.metrics.isEmpty }) { return "" }
    return Self.aligned(table) + selectedText
  }

  /// Metrics with selectors, of a single run: they need a table of their own.
  private var selectedText: String {
    guard outcome.runs.count == 1, let run = outcome.runs.first else { return "" }
    let selected = run.metrics.filter { !$0.selectors.isEmpty }
    guard !selected.isEmpty else { return "" }
    return "\n" + Self.aligned(selected.map { [$0.label, significant($0.value, 4)] })
  }

  /// The metrics that all runs together have, in order, without those that say twice what another does.
  private static func columns(of runs: [Run]) -> [String] {
    var names: [String] = []
    for metric in runs.flatMap(\.metrics) where metric.selectors.isEmpty {
      if !names.contains(metric.name) { names.append(metric.name) }
    }
    let quiet: Set<String> = [
      "train.loss", "train.accuracy", "best.train.loss", "best.test.loss", "best.test.accuracy",
      "first.loss", "rate", "samples", "layers", "multiply_adds", "steps",
    ]
    return names.filter { !quiet.contains($0) || names.count <= 4 }
  }

  private static func aligned(_ table: [[String]]) -> String {
    let count = table.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
      table.map { column < $0.count ? width($0[column]) : 0 }.max() ?? 0
    }
    return table.map { row in
      var line = ""
      for (index, cell) in row.enumerated() {
        if index > 0 { line += "  " }
        line += cell
        if index < row.count - 1 {
          line += String(repeating: " ", count: widths[index] - width(cell))
        }
      }
      return line + "\n"
    }.joined()
  }

  private static func width(_ text: String) -> Int {
    text.unicodeScalars.reduce(0) { $0 + Diagnostic.columns(of: $1) }
  }
}

private struct TextRow {
  let variables: [String]
  let seed: String?
  let curve: String

  init(_ plan: RunPlan, _ run: Run) {
    variables = plan.variables.map(\.value)
    seed = plan.seed.map(String.init)
    let table = run.tables.first
    let column =
      table?.numbers("train.loss") ?? table?.numbers("variance")
      ?? table?.columns.dropFirst().lazy.compactMap {
        if case .numbers(let values) = $0.values { values } else { nil }
      }.first
    curve = Self.sparkline(column ?? [])
  }

  /// Numbers as blocks of eight heights, at most forty of them. What is no number is a gap.
  static func sparkline(_ values: [Double]) -> String {
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
        let height = Int((value - low) / (high - low) * 8)
        return blocks[min(7, max(0, height))]
      })
  }
}
