import Charts
import Markup
import NeuralNetworks

extension FigureMaker {
  /// The charts of `list`: reference tables from the registry.
  func lists(_ groups: [RunGroup]) -> [TableChart] {
    guard let job = groups.first?.plan.job(as: ListJob.self) else { return [] }
    switch job {
    case .entries(let names):
      let entries = names.compactMap { Registry.entry($0.kind, $0.name) }
      let kinds = Kind.allCases.filter { kind in entries.contains { $0.kind == kind } }
      return kinds.map { kind in
        entryTable(
          kind, entries.filter { $0.kind == kind }, title: kinds.count > 1 ? kind.listWord : "")
      }
    case .kind(let name):
      if let kind = ListTable.kind(name) {
        return [entryTable(kind, Registry.entries(of: kind), title: "")]
      }
      switch name {
      case "metrics": return [metricTable]
      case "options": return [optionTable]
      case "verbs":
        return [
          wordTable(
            Verb.allCases.map { ($0.rawValue, "\($0.subject): \($0.summary)") })
        ]
      case "functions":
        return [wordTable(ScalarGraph.Function.allCases.map { ($0.rawValue, $0.summary) })]
      default: return [wordTable(LanguageReference.structures)]
      }
    }
  }

  private func entryTable(_ kind: Kind, _ entries: [RegistryEntry], title: String) -> TableChart {
    let hasFormula = entries.contains { !$0.formula.isEmpty }
    let hasDerivative = kind == .activation
    let hasRange = kind == .activation
    let hasCurve = kind == .activation
    var columns: [TableChart.Column] = [.init(words.name)]
    if hasFormula { columns.append(.init(words.formula)) }
    if hasDerivative { columns.append(.init(words.derivative)) }
    if hasRange { columns.append(.init(words.range)) }
    if hasCurve { columns.append(.init(words.curve)) }
    columns += [.init(words.meaning), .init(words.arguments)]
    let rows = entries.map { entry -> [TableChart.Cell] in
      let aliases = entry.aliases.map { "<code>\(escaped($0))</code>" }.joined(separator: ", ")
      var row: [TableChart.Cell] = [
        .markup(
          "<code>\(escaped(entry.name))</code>" + (aliases.isEmpty ? "" : "<br/>\(aliases)"),
          plain: ([entry.name] + entry.aliases).joined(separator: ", "))
      ]
      if hasFormula { row.append(formulaCell(entry.formula)) }
      if hasDerivative { row.append(formulaCell(entry.derivative ?? "")) }
      if hasRange { row.append(formulaCell(entry.range ?? "")) }
      if hasCurve { row.append(curveCell(entry)) }
      row.append(.text(entry.summary))
      row.append(argumentsCell(entry))
      return row
    }
    return TableChart(title, columns: columns, rows: rows)
  }

  private func formulaCell(_ tex: String) -> TableChart.Cell {
    tex.isEmpty ? .empty : .markup(context.formula(tex), plain: tex)
  }

  private func curveCell(_ entry: RegistryEntry) -> TableChart.Cell {
    let x = (0...48).map { Double($0) / 8 - 3 }
    guard let term = try? entry.term(), let y = try? Engine.curve(of: term, at: x) else {
      return .empty
    }
    return .curve(x: x, y: y)
  }

  private func argumentsCell(_ entry: RegistryEntry) -> TableChart.Cell {
    guard !entry.parameters.isEmpty else { return .empty }
    var plain: [String] = []
    let items = entry.parameters.map { parameter in
      let value = parameter.defaultValue.map { "=\($0)" } ?? ""
      let bounds = parameter.range.map { ", \($0)" } ?? ""
      let unit = parameter.unit.map { " \($0)" } ?? ""
      plain.append("\(parameter.name)\(value): \(parameter.summary)\(bounds)\(unit)")
      return "<code>\(escaped(parameter.name + value))</code> "
        + escaped(parameter.summary + bounds + unit)
    }
    return .markup(items.joined(separator: "<br/>"), plain: plain.joined(separator: "; "))
  }

  private var metricTable: TableChart {
    TableChart(
      columns: [.init(words.name), .init("verbs"), .init(words.meaning)],
      rows: MetricName.all.map { metric in
        let label =
          metric.name
          + (metric.selectors.isEmpty
            ? "" : "[\(metric.selectors.map { "\($0)=…" }.joined(separator: ", "))]")
        return [
          .markup("<code>\(escaped(label))</code>", plain: label),
          .text(metric.verbs.map(\.rawValue).joined(separator: ", ")),
          .text(metric.summary + (metric.show.map { " (`show: \($0.rawValue)`)" } ?? "")),
        ]
      })
  }

  private var optionTable: TableChart {
    TableChart(
      columns: [
        .init(words.name), .init("verbs"), .init(words.value), .init("default"),
        .init(words.meaning),
      ],
      rows: BlockOption.all.map { option in
        [
          .markup("<code>\(escaped(option.name))</code>", plain: option.name),
          .text(
            option.verbs.count == Verb.allCases.count
              ? "all" : option.verbs.map(\.rawValue).joined(separator: ", ")),
          .text(option.valueWords), .text(option.defaultText ?? ""), .text(option.summary),
        ]
      })
  }

  private func wordTable(_ rows: [(String, String)]) -> TableChart {
    TableChart(
      columns: [.init(words.name), .init(words.meaning)],
      rows: rows.map { name, summary in
        [.markup("<code>\(escaped(name))</code>", plain: name), .text(summary)]
      })
  }
}

extension ExperimentResult {
  /// The reference tables with their cells as plain text.
  var listedText: [String] {
    let maker = FigureMaker(self, FigureContext())
    return maker.lists(maker.groups).map { table in
      // A terminal cannot show formulas and curves.
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
