/// What a block does; its first key.
package enum Verb: String, Hashable, Sendable, CaseIterable {
  case plot, train, signal, check, graph, trace, diagram, list, dataset

  package var summary: String {
    switch self {
    case .plot: "functions of one variable: activations or schedules, and their derivatives"
    case .train: "a network, trained: curves, boundary, tables"
    case .signal:
      "a network, untrained: one batch pushed forward, one gradient pushed back, layer by layer"
    case .check: "the analytic gradient of every parameter against central differences"
    case .graph: "a scalar expression as a computation graph with values and gradients"
    case .trace: "a small network as a worked example: every matrix, forward and backward"
    case .diagram: "a network's drawing: layers, shapes, parameter counts"
    case .list: "a reference table from the engine's own registry"
    case .dataset: "a data set: its picture and its columns"
    }
  }

  /// What stands behind the verb.
  package var subject: String {
    switch self {
    case .plot: "a function, or a list of functions"
    case .train, .signal, .check, .trace, .diagram: "a network: a list of layers"
    case .graph: "an expression, such as `(x + y) * z`"
    case .list: "a kind of thing, or a list of names"
    case .dataset: "a data set"
    }
  }
}
