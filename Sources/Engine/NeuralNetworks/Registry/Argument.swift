/// An argument of a term, converted to the type of its parameter.
package indirect enum Argument: Hashable, Sendable {
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case word(String)
  case numbers([Double])
  case term(Term)
}

extension Argument: CustomStringConvertible {
  package var description: String {
    switch self {
    case .integer(let value): return "\(value)"
    case .number(let value):
      let text = value.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .flag(let value): return value ? "true" : "false"
    case .word(let value): return value
    case .numbers(let values):
      return "[" + values.map { Argument.number($0).description }.joined(separator: ", ") + "]"
    case .term(let value): return value.description
    }
  }
}
