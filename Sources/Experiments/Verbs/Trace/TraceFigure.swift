import Charts
import DecimalText
import Localization
import Markup

extension FigureMaker {
  /// The charts of `trace`: every matrix with its formula.
  func traces(_ groups: [RunGroup]) -> [any Chart] {
    groups.compactMap { group in
      guard let matrices = group.runs.first.flatMap({ RecordedMatrices(in: $0) }) else {
        return nil
      }
      let passes = matrices.table.pass
      let formulas = Self.formulas(of: matrices, digits: display.digits)
      let rows = formulas.indices.map { row -> [TableChart.Cell] in
        let isFirst = row == 0 || passes[row] != passes[row - 1]
        let formula = formulas[row]
        return [
          isFirst ? .text(passName(passes[row])) : .empty,
          .markup(context.formula(formula.rule), plain: formula.rule),
          .markup(context.formula(formula.value), plain: formula.plain),
        ]
      }
      return TableChart(
        group.label(hiding: []),
        columns: [.init(words.step), .init(words.formula), .init(words.value)], rows: rows)
    }
  }

  private func passName(_ pass: String) -> String {
    switch pass {
    case "forward": words(.passForward)
    case "loss": words(.passLoss)
    case "backward": words(.passBackward)
    default: words(.passUpdate)
    }
  }

  struct TraceFormula {
    /// `z^{(1)} = x W`.
    var rule: String
    /// The matrix as TeX.
    var value: String
    var plain: String
  }

  static func formulas(of matrices: RecordedMatrices, digits: Int) -> [TraceFormula] {
    let (symbols, formulas) = (matrices.table.symbol, matrices.table.formula)
    return symbols.indices.map { index in
      let grid = matrices.values[index]
      let rows = grid.rows.map { row in row.map { tex($0, digits) } }
      let rule =
        formulas[index].isEmpty || formulas[index] == symbols[index]
        ? symbols[index] : "\(symbols[index]) = \(formulas[index])"
      let value =
        grid.values.count == 1
        ? rows[0][0]
        : "\\begin{bmatrix}" + rows.map { $0.joined(separator: " & ") }.joined(separator: " \\\\ ")
          + "\\end{bmatrix}"
      let plain = rows.map { $0.joined(separator: " ") }.joined(separator: "; ")
      return TraceFormula(rule: rule, value: value, plain: plain)
    }
  }
}

extension RecordedMatrices {
  /// Every matrix of a worked example after its formula, for a terminal.
  var text: String {
    var text = ""
    for (index, formula) in FigureMaker.formulas(of: self, digits: 4).enumerated() {
      let pass = table.pass[index]
      if index == 0 || pass != table.pass[index - 1] { text += "\(pass)\n" }
      let rows = values[index].rows.map { row in row.map { significant($0, 4) } }
      text += "  \(PlainFormula.text(formula.rule))\n"
      text += TextTable(rows).text.split(separator: "\n").map { "    \($0)\n" }.joined()
    }
    return text
  }
}

extension Run.Grid {
  /// The rows of a matrix.
  fileprivate var rows: [ArraySlice<Double>] {
    let width = max(1, shape.last ?? 1)
    return stride(from: 0, to: values.count, by: width).map { values[$0..<$0 + width] }
  }
}
