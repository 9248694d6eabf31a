import Charts
import Markup

extension FigureMaker {
  /// The charts of `graph`: the graph with its numbers, and the chain rule for each node.
  func graphs(_ groups: [RunGroup]) -> [any Chart] {
    groups.flatMap { group -> [any Chart] in
      let graph = group.plan.job(as: GraphJob.self).expression
      guard let run = group.runs.first, let nodes = run.table(NodeTable.self),
        let edges = run.table(EdgeTable.self), nodes.value.count == graph.nodes.count
      else { return [] }
      let chart = LayeredGraph(
        group.label(hiding: []), nodes: self.nodes(of: graph),
        edges: self.edges(of: graph, nodes.value, edges.gradient))
      let formulas = ChainRule(graph, nodes, edges, digits: display.digits).rows
      let table = TableChart(
        words.chainRule,
        columns: [.init(words.node), .init(words.value), .init(words.derivative)],
        rows: formulas.map { row in
          [
            .markup(context.formula(row.definition), plain: row.definition),
            .number(row.value), .markup(context.formula(row.derivative), plain: row.derivative),
          ]
        })
      return [chart, table]
    }
  }

  private func nodes(of graph: ScalarGraph) -> [LayeredGraph.Node] {
    zip(graph.nodes, graph.names).enumerated().map { index, pair in
      let kind: LayeredGraph.Node.Kind =
        switch pair.0.operation {
        case .variable: .variable
        case .constant: .constant
        default: index == graph.nodes.count - 1 ? .result : .operation
        }
      return LayeredGraph.Node(pair.1, kind)
    }
  }

  private func edges(
    of graph: ScalarGraph, _ values: [Double], _ gradients: [Double]
  ) -> [LayeredGraph.Edge] {
    var edges: [LayeredGraph.Edge] = []
    var next = 0
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs {
        let isConstant = if case .constant = graph.nodes[input].operation { true } else { false }
        edges.append(
          LayeredGraph.Edge(
            from: input, to: index, value: values[input],
            gradient: isConstant ? nil : gradients[next]))
        next += 1
      }
    }
    edges.append(
      LayeredGraph.Edge(from: graph.nodes.count - 1, to: nil, value: values.last, gradient: 1))
    return edges
  }
}

/// The chain rule written out for a graph: for each node its definition, and the derivative of the
/// result with respect to it, as a sum over the nodes that use it.
struct ChainRule {
  struct Row {
    /// `q_1 = x + y`.
    var definition: String
    var value: Double
    /// `\frac{\partial f}{\partial q_1} = … = -4`.
    var derivative: String
  }

  private(set) var rows: [Row] = []

  init(_ graph: ScalarGraph, _ nodes: NodeTable, _ edges: EdgeTable, digits: Int) {
    let gradients = nodes.gradient
    let symbols = Self.symbols(of: graph)
    func number(_ value: Double) -> String { FigureMaker.tex(value, digits) }
    /// A factor of a product, in parentheses if negative.
    func factor(_ value: Double) -> String {
      value < 0 ? "(\(number(value)))" : number(value)
    }
    // The edges that leave each node, with their targets, for the sums.
    var uses = [[(user: Int, flow: Double)]](repeating: [], count: graph.nodes.count)
    var next = 0
    for (index, node) in graph.nodes.enumerated() {
      for input in node.inputs {
        uses[input].append((index, edges.gradient[next]))
        next += 1
      }
    }
    let result = symbols[graph.nodes.count - 1]
    for index in graph.nodes.indices.reversed() {
      let node = graph.nodes[index]
      if case .constant = node.operation { continue }
      let definition: String
      if case .variable(let name) = node.operation {
        definition = Self.tex(name)
      } else {
        definition = "\(symbols[index]) = \(Self.right(node, symbols))"
      }
      var derivative = "\\frac{\\partial \(result)}{\\partial \(symbols[index])} = "
      if uses[index].isEmpty {
        derivative += "1"
      } else {
        let terms = uses[index].map { use in
          "\\frac{\\partial \(result)}{\\partial \(symbols[use.user])}"
            + "\\frac{\\partial \(symbols[use.user])}{\\partial \(symbols[index])}"
        }
        let products = uses[index].map { use in
          let upstream = gradients[use.user]
          let local = upstream == 0 ? 0 : use.flow / upstream
          return "\(factor(upstream))\\cdot\(factor(local))"
        }
        derivative +=
          terms.joined(separator: "+") + " = " + products.joined(separator: "+")
          + " = " + number(gradients[index])
      }
      rows.append(Row(definition: definition, value: nodes.value[index], derivative: derivative))
    }
  }

  /// `f` for the result, the variables' own names, `q_1`, `q_2`, … for intermediate nodes.
  private static func symbols(of graph: ScalarGraph) -> [String] {
    var count = 0
    let names = Set(graph.variables)
    let result = names.contains("f") ? "F" : "f"
    let between = names.contains("q") ? "u" : "q"
    return graph.nodes.enumerated().map { index, node in
      switch node.operation {
      case .variable(let name): return tex(name)
      case .constant(let value): return FigureMaker.tex(value, 6)
      default:
        if index == graph.nodes.count - 1 { return result }
        count += 1
        return "\(between)_{\(count)}"
      }
    }
  }

  /// A variable's name as TeX: `w1` is w₁, `alpha` is α.
  private static func tex(_ name: String) -> String {
    let greek: Set<String> = [
      "alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "lambda", "mu", "sigma", "tau",
      "phi", "omega",
    ]
    let letters = name.prefix { !$0.isNumber && $0 != "_" }
    let rest = name.dropFirst(letters.count).drop { $0 == "_" }
    let base =
      greek.contains(String(letters))
      ? "\\\(letters)" : letters.count == 1 ? String(letters) : "\\mathrm{\(letters)}"
    let subscriptText = rest.replacing("_", with: "\\_")
    return rest.isEmpty ? base : "\(base)_{\(subscriptText)}"
  }

  private static func right(_ node: ScalarGraph.Node, _ symbols: [String]) -> String {
    let inputs = node.inputs.map { symbols[$0] }
    switch node.operation {
    case .add: return "\(inputs[0]) + \(inputs[1])"
    case .subtract: return "\(inputs[0]) - \(inputs[1])"
    case .multiply: return "\(inputs[0]) \\cdot \(inputs[1])"
    case .divide: return "\\frac{\(inputs[0])}{\(inputs[1])}"
    case .power: return "{\(inputs[0])}^{\(inputs[1])}"
    case .negate: return "-\(inputs[0])"
    case .variable, .constant: return ""
    case .function(let function):
      switch function {
      case .exp: return "e^{\(inputs[0])}"
      case .sqrt: return "\\sqrt{\(inputs[0])}"
      case .square: return "{\(inputs[0])}^2"
      case .abs: return "|\(inputs[0])|"
      case .sigmoid: return "\\sigma(\(inputs[0]))"
      case .relu: return "\\max(0, \(inputs[0]))"
      case .max, .min: return "\\\(function.rawValue)(\(inputs[0]), \(inputs[1]))"
      case .ln, .sin, .cos, .tanh: return "\\\(function.rawValue) \(inputs[0])"
      }
    }
  }
}
