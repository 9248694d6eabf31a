import DecimalText
import JSON

extension ExperimentResult {
  /// The result as a file: the input (settings, digests of data files) and the output (metrics,
  /// curves), in a stable order. It does not depend on the engine's source text, so a refactoring
  /// changes no file, and a changed number only its own. The engine is recorded in
  /// ``CommittedResults/enginePath``.
  package var json: [UInt8] {
    var members: [JSON.Member] = [
      .init("page", .string(experiment.page)), .init("id", .string(experiment.id)),
      .init("verb", .string(experiment.verb.rawValue)),
    ]
    if !provenance.files.isEmpty {
      members.append(
        .init(
          "files", .object(provenance.files.map { .init($0.path, .string($0.digest)) })))
    }
    let runs = zip(experiment.plans, outcome.runs).map { plan, run in
      var members: [JSON.Member] = []
      if !plan.variables.isEmpty {
        members.append(.init("variables", .object(plan.variables)))
      }
      if let seed = plan.seed { members.append(.init("seed", .number(Double(seed)))) }
      members.append(.init("settings", .object(plan.job.canonical)))
      return JSON.object(members + (run.json.members ?? []))
    }
    members.append(.init("runs", .array(runs)))
    return JSON.object(members).bytes
  }

  /// The result's main table as CSV (RFC 4180), with the block's variables and the seed in the
  /// first columns.
  package var csv: [UInt8] {
    var lines: [String] = []
    var header: [String]?
    for (plan, run) in zip(experiment.plans, outcome.runs) {
      guard let table = run.tables.first else { continue }
      let names = table.columns.map(\.name)
      // A run may lack a column, for example if no samples are held out.
      let columns = header.map { Array($0.dropFirst(plan.variables.count + seedColumns)) } ?? names
      if header == nil {
        let first =
          plan.variables.map(\.name) + (plan.seed == nil ? [] : ["seed"])
          + allColumns(startingWith: names)
        header = first
        lines.append(first.map(Self.quoted).joined(separator: ","))
        append(plan, table, allColumns(startingWith: names), to: &lines)
      } else {
        append(plan, table, columns, to: &lines)
      }
    }
    return Array((lines.joined(separator: "\r\n") + (lines.isEmpty ? "" : "\r\n")).utf8)
  }

  private var seedColumns: Int { experiment.plans.first?.seed == nil ? 0 : 1 }

  private func allColumns(startingWith names: [String]) -> [String] {
    var all = names
    for name in outcome.runs.compactMap(\.tables.first).flatMap(\.columns).map(\.name)
    where !all.contains(name) {
      all.append(name)
    }
    return all
  }

  private func append(
    _ plan: RunPlan, _ table: Run.Table, _ columns: [String], to lines: inout [String]
  ) {
    let head = plan.variables.map { Self.quoted($0.value) } + (plan.seed.map { ["\($0)"] } ?? [])
    for row in 0..<table.rowCount {
      let cells = columns.map { name -> String in
        guard let column = table.columns.first(where: { $0.name == name }) else { return "" }
        switch column.values {
        case .numbers(let values): return shortest(values[row])
        case .words(let values): return Self.quoted(values[row])
        }
      }
      lines.append((head + cells).joined(separator: ","))
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 34 || $0 == 44 || $0 == 10 || $0 == 13 }) else {
      return text
    }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
