import Charts
import DecimalText
import Localization
import Markup

extension FigureMaker {
  /// `check`: a row for each parameter.
  func checks(_ groups: [RunGroup]) -> [any Chart] {
    groups.compactMap { group in
      guard let table = group.runs.first?.table("gradients"), let names = table.words("name"),
        let parameters = table.words("parameter"), let counts = table.numbers("count"),
        let analytic = table.numbers("analytic"), let numeric = table.numbers("numeric"),
        let errors = table.numbers("error")
      else { return nil }
      let rows = names.indices.map { row -> [TableChart.Cell] in
        [
          .text(names[row]), .text(parameters[row]), .number(counts[row]),
          .text(significant(analytic[row], 8)), .text(significant(numeric[row], 8)),
          .number(errors[row]),
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

  /// `trace`: every matrix with the formula that it follows.
  func traces(_ groups: [RunGroup]) -> [any Chart] {
    groups.compactMap { group in
      guard let run = group.runs.first, let table = run.table("matrices"),
        let passes = table.words("pass")
      else { return nil }
      let formulas = Self.traceFormulas(run, digits: display.digits)
      guard formulas.count == passes.count else { return nil }
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
    /// The matrix.
    var value: String
    var plain: String
  }

  static func traceFormulas(_ run: Run, digits: Int) -> [TraceFormula] {
    guard let table = run.table("matrices"), let symbols = table.words("symbol"),
      let formulas = table.words("formula"), run.grids.count >= symbols.count
    else { return [] }
    return symbols.indices.map { index in
      let grid = run.grids[index]
      let width = grid.shape.last ?? 1
      let rows = stride(from: 0, to: grid.values.count, by: max(1, width)).map { start in
        grid.values[start..<start + width].map { tex($0, digits) }
      }
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

  /// A number as TeX: powers of ten as powers, what is no number as words.
  static func tex(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite else {
      return value.isNaN ? "\\text{nan}" : value < 0 ? "-\\infty" : "\\infty"
    }
    let text = significant(value, digits)
    guard let mark = text.firstIndex(of: "e") else { return text }
    let exponent = Int(text[text.index(after: mark)...]) ?? 0
    return "\(text[..<mark])\\times10^{\(exponent)}"
  }
}
