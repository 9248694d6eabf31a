import Diagnostics

/// A scalar expression as a graph: a node for each operation, in topological order. Equal
/// subexpressions share a node, so that their gradients add up as in the chain rule.
struct ScalarGraph: Hashable, Sendable {
  enum Function: String, Hashable, Sendable, CaseIterable {
    case exp, ln, sqrt, sin, cos, tanh, sigmoid, relu, abs, max, min, square

    /// The function with a name or alias.
    init?(named name: String) { self.init(rawValue: name == "log" ? "ln" : name) }

    var arity: Int { self == .max || self == .min ? 2 : 1 }

    var summary: String {
      switch self {
      case .exp: "e to the power of x"
      case .ln: "natural logarithm; `log` is the same"
      case .sqrt: "square root"
      case .sin: "sine"
      case .cos: "cosine"
      case .tanh: "hyperbolic tangent"
      case .sigmoid: "logistic function, 1 / (1 + exp(-x))"
      case .relu: "max(0, x)"
      case .abs: "magnitude; its derivative at 0 is 0"
      case .max: "the larger of two; the derivative goes to it, and to the first of equals"
      case .min: "the smaller of two; the derivative goes to it, and to the first of equals"
      case .square: "x times x"
      }
    }
  }

  enum Operation: Hashable, Sendable {
    case variable(String)
    case constant(Double)
    case add, subtract, multiply, divide, power, negate
    case function(Function)
  }

  struct Node: Hashable, Sendable {
    var operation: Operation
    var inputs: [Int]
  }

  /// The nodes in topological order; the last one is the whole expression.
  private(set) var nodes: [Node] = []

  /// - Throws: A diagnostic for an unknown function or a wrong number of arguments, at its range.
  init(_ expression: Expression, path: String) throws(Diagnostic) {
    _ = try add(expression, path: path)
  }

  var variables: [String] {
    nodes.compactMap { if case .variable(let name) = $0.operation { name } else { nil } }
  }

  private mutating func node(_ operation: Operation, _ inputs: [Int] = []) -> Int {
    let node = Node(operation: operation, inputs: inputs)
    if let index = nodes.firstIndex(of: node) { return index }
    nodes.append(node)
    return nodes.count - 1
  }

  private mutating func add(_ expression: Expression, path: String) throws(Diagnostic) -> Int {
    switch expression {
    case .number(let value, _): return node(.constant(value))
    case .name(let name, let selectors):
      guard selectors.isEmpty, !name.text.contains(".") else {
        throw Diagnostic(
          "nn.expression", path: path, range: expression.range,
          message: "a variable is a plain word, not `\(name.text)`")
      }
      return node(.variable(name.text))
    case .negated(let operand, _): return node(.negate, [try add(operand, path: path)])
    case .binary(let operation, let left, let right):
      let inputs = [try add(left, path: path), try add(right, path: path)]
      switch operation {
      case .add: return node(.add, inputs)
      case .subtract: return node(.subtract, inputs)
      case .multiply: return node(.multiply, inputs)
      case .divide: return node(.divide, inputs)
      case .power: return node(.power, inputs)
      }
    case .call(let name, let arguments, let range):
      guard let function = Function(named: name.text) else {
        throw .unknownFunction(name, path)
      }
      guard arguments.count == function.arity else {
        throw Diagnostic(
          "nn.expression", path: path, range: range,
          message: "`\(name.text)` takes \(function.arity == 1 ? "one argument" : "two arguments"),"
            + " not \(arguments.count)")
      }
      var inputs: [Int] = []
      for argument in arguments { inputs.append(try add(argument, path: path)) }
      return node(.function(function), inputs)
    }
  }
}

extension Expression {
  /// Names that are called like functions but are not functions.
  var unknownFunctions: [Token] {
    switch self {
    case .number, .name: []
    case .call(let name, let arguments, _):
      (ScalarGraph.Function(named: name.text) == nil ? [name] : [])
        + arguments.flatMap(\.unknownFunctions)
    case .negated(let operand, _): operand.unknownFunctions
    case .binary(_, let left, let right): left.unknownFunctions + right.unknownFunctions
    }
  }
}

extension Diagnostic {
  static func unknownFunction(_ name: Token, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.unknown-name", path: path, range: name.range,
      message: "no function is named `\(name.text)`",
      hint: nameHint(for: name.text, among: ScalarGraph.Function.allCases.map(\.rawValue)))
  }
}
