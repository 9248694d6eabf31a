import Charts
import DecimalText
import Localization

extension FigureMaker {
  /// The charts of `check`: a table with a row for each parameter.
  func checks(_ groups: [RunGroup]) -> [any Chart] {
    groups.compactMap { group in
      guard let table = group.runs.first?.table(GradientTable.self) else { return nil }
      let rows = table.layerName.indices.map { row -> [TableChart.Cell] in
        [
          .text(table.layerName[row]), .text(table.parameter[row]), .number(table.count[row]),
          .text(significant(table.analytic[row], 8)), .text(significant(table.numeric[row], 8)),
          .number(table.error[row]),
        ]
      }
      return TableChart(
        group.label(hiding: []),
        columns: [
          .init(words.layer), .init(words.parameters), .init("#", format: .whole),
          .init(words.analytic), .init(words.numeric),
          .init(words.error, format: .scientific),
        ], rows: rows)
    }
  }
}
