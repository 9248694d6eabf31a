import DecimalText
import NeuralNetworks

/// A scalar expression evaluated at given numbers.
struct GraphJob: Job {
  var expression: ScalarGraph
  /// The value of each variable.
  var values: [String: Double]

  var isUncached: Bool { true }

  var canonical: [NamedValue] {
    let values = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return [
      .init("graph", expression.canonical), .init("at", values.joined(separator: " ")),
    ]
  }

  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    let (values, gradients, edges) = try expression.evaluated(at: values, with: Elementary())
    var run = Run()
    run.metrics.append(Run.Metric(.value, value: values.last ?? .nan))
    for (index, node) in expression.nodes.enumerated() {
      if case .variable(let name) = node.operation {
        run.metrics.append(Run.Metric(.gradientOf, name, value: gradients[index]))
      }
    }
    run.add(
      NodeTable(
        node: expression.nodes.indices.map { Double($0 + 1) }, nodeName: expression.names,
        value: values, gradient: gradients))
    run.add(EdgeTable(expression, gradients: edges))
    return run
  }
}

extension MetricKey {
  static let value = MetricKey("value")
  static let gradientOf = MetricKey("gradient", by: "of")
}

/// The nodes of a graph in topological order.
struct NodeTable: RunTable {
  /// Node numbers from 1.
  var node: [Double] = []
  var nodeName: [String] = []
  var value: [Double] = []
  /// The derivative of the whole expression with respect to the node.
  var gradient: [Double] = []

  static let name = "nodes"
  static let columns: [RunColumn<Self>] = [
    .numbers("node", \.node).hiddenInText, .words("name", \.nodeName), .numbers("value", \.value),
    .numbers("gradient", \.gradient),
  ]
}

/// The edges of a graph, in the order of the nodes that they enter.
struct EdgeTable: RunTable {
  var from: [Double] = []
  var to: [Double] = []
  /// The gradient that flows back along the edge.
  var gradient: [Double] = []

  static let name = "edges"
  static let columns: [RunColumn<Self>] = [
    .numbers("from", \.from), .numbers("to", \.to), .numbers("gradient", \.gradient),
  ]
}

extension EdgeTable {
  /// - Parameter gradients: For each node, the gradients that flow back to its inputs.
  init(_ graph: ScalarGraph, gradients: [[Double]]) {
    from = graph.nodes.flatMap { $0.inputs.map { Double($0 + 1) } }
    to = graph.nodes.enumerated().flatMap { index, node in
      node.inputs.map { _ in Double(index + 1) }
    }
    gradient = gradients.flatMap(\.self)
  }
}

extension ScalarGraph {
  /// The text of each node: a variable's name, a number, `+`, `tanh`.
  var names: [String] {
    nodes.map { node in
      switch node.operation {
      case .variable(let name): name
      case .constant(let value): shortest(value)
      case .add: "+"
      case .subtract: "−"
      case .multiply: "×"
      case .divide: "÷"
      case .power: "^"
      case .negate: "−"
      case .function(let function): function.rawValue
      }
    }
  }

  /// The nodes in canonical form.
  fileprivate var canonical: String {
    nodes.map { node in
      let name: String =
        switch node.operation {
        case .variable(let name): name
        case .constant(let value): "\(value)"
        case .function(let function): function.rawValue
        default: "\(node.operation)"
        }
      return ([name] + node.inputs.map(String.init)).joined(separator: " ")
    }.joined(separator: "; ")
  }
}
