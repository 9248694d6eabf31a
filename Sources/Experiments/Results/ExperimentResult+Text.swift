import Charts
import DecimalText
import Diagnostics
import Markup
import NeuralNetworks

extension ExperimentResult {
  /// The result for a terminal: tables of its numbers, curves in block characters.
  package var text: String {
    let sections: [String] =
      switch experiment.verb {
      case .train: [runTable]
      case .plot: [curveTable]
      case .list: listed
      case .trace: each { $0.tracedText }
      case .signal:
        outcome.runs.count > 1
          ? [runTable]
          : each {
            $0.text(
              of: "signal",
              ["layer", "name", "mean", "variance", "saturated", "active", "gradient", "distinct"])
          }
      case .check:
        each {
          $0.text(
            of: "gradients", ["name", "parameter", "count", "analytic", "numeric", "error"])
        }
      case .graph: each { $0.text(of: "nodes", ["name", "value", "gradient"]) }
      case .diagram:
        each { $0.text(of: "summary", ["name", "output", "parameters", "multiply_adds"]) }
      case .dataset:
        each { $0.text(of: "columns", ["name", "mean", "deviation", "least", "greatest"]) }
      }
    return sections.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// What each run shows, under its variables, behind the numbers that are no table's.
  private func each(_ text: (Run) -> String) -> [String] {
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

  /// A row for each run with its numbers and its curve.
  private var runTable: String {
    let names = Self.columns(of: outcome.runs)
    let hasSeeds = experiment.plans.contains { $0.seed != nil }
    var rows = [experiment.variables.map(\.name) + (hasSeeds ? ["seed"] : []) + names + ["curve"]]
    for (plan, run) in zip(experiment.plans, outcome.runs) {
      let seed = hasSeeds ? [plan.seed.map(String.init) ?? ""] : []
      let table = run.tables.first
      let curve = table?.numbers("train.loss") ?? table?.numbers("variance") ?? []
      rows.append(
        plan.variables.map(\.value) + seed
          + names.map { name in run.metric(name).map { significant($0, 4) } ?? "" }
          + [Sparkline.text(curve)])
    }
    return TextTable(rows).text + selectedText
  }

  /// Metrics with selectors, of a single run: they need a table of their own.
  private var selectedText: String {
    guard outcome.runs.count == 1, let run = outcome.runs.first else { return "" }
    let selected = run.metrics.filter { !$0.selectors.isEmpty }
    guard !selected.isEmpty else { return "" }
    return "\n" + TextTable(selected.map { [$0.label, significant($0.value, 4)] }).text
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
    return names.filter { !quiet.contains($0) }
  }

  // MARK: Functions and names

  /// A row for each function: its extremes and its curve.
  private var curveTable: String {
    let facts = ["least", "greatest", "steepest"].filter { name in
      outcome.runs.contains { $0.metrics.contains { $0.name == name } }
    }
    var rows = [experiment.variables.map(\.name) + ["function"] + facts + ["curve"]]
    for (plan, run) in zip(experiment.plans, outcome.runs) {
      for column in run.tables.first?.columns.dropFirst() ?? [] {
        guard case .numbers(let values) = column.values else { continue }
        let numbers = facts.map { fact in
          run.metrics.first { metric in
            metric.name == fact && metric.selectors.contains { $0.value == column.name }
          }.map { significant($0.value, 4) } ?? ""
        }
        rows.append(
          plan.variables.map(\.value) + [column.name] + numbers + [Sparkline.text(values)])
      }
    }
    return TextTable(rows).text
  }

  /// The tables of the reference, their cells as plain text.
  private var listed: [String] {
    FigureMaker(self, FigureContext()).lists().map { chart in
      guard let table = chart as? TableChart else { return "" }
      // Of formulas and curves a terminal shows nothing that can be read.
      let shown = table.columns.indices.filter { column in
        table.rows.contains { row in
          if case .text(let text) = row[column] { !text.isEmpty } else { column == 0 }
        }
      }
      let rows = table.rows.map { row in
        shown.map { column -> String in
          switch row[column] {
          case .text(let text): text
          case .markup(_, plain: let plain): plain
          default: ""
          }
        }
      }
      return (table.title.isEmpty ? "" : table.title + "\n")
        + TextTable([shown.map { table.columns[$0].name }] + rows).text
    }
  }
}

extension Run {
  /// Some columns of one of the tables.
  fileprivate func text(of name: String, _ columns: [String]) -> String {
    guard let table = table(name) else { return "" }
    let shown = columns.compactMap { name in table.columns.first { $0.name == name } }
    let rows = (0..<table.rowCount).map { row in
      shown.map { column -> String in
        switch column.values {
        case .words(let words): words[row]
        case .numbers(let numbers): significant(numbers[row], column.name == "analytic" ? 8 : 4)
        }
      }
    }
    return TextTable([shown.map(\.name)] + rows).text
  }

  /// Every matrix of a worked example under the formula that it follows.
  fileprivate var tracedText: String {
    guard let table = table("matrices"), let passes = table.words("pass") else { return "" }
    var text = ""
    for (index, formula) in FigureMaker.traceFormulas(self, digits: 4).enumerated() {
      if index == 0 || passes[index] != passes[index - 1] { text += "\(passes[index])\n" }
      let grid = grids[index]
      let width = max(1, grid.shape.last ?? 1)
      let rows = stride(from: 0, to: grid.values.count, by: width).map { start in
        grid.values[start..<start + width].map { significant($0, 4) }
      }
      text += "  \(PlainFormula.text(formula.rule))\n"
      text += TextTable(rows).text.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
    return text
  }
}

/// Cells in columns of one width each.
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

/// Numbers as blocks of eight heights.
enum Sparkline {
  /// At most forty of the numbers, evenly chosen. What is no number is a gap.
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
