/// A number that claims and inline values can refer to.
package struct MetricName: Hashable, Sendable {
  let key: MetricKey
  package let unit: String?
  package let summary: String
  /// The word of `show` whose recordings the metric needs; `nil` if it needs none.
  let show: Show?

  init(_ key: MetricKey, unit: String? = nil, show: Show? = nil, _ summary: String) {
    self.key = key
    self.unit = unit
    self.show = show
    self.summary = summary
  }

  package var name: String { key.name }
  /// Selectors besides the block's variables and the seed: `layer`.
  package var selectors: [String] { key.selectors }

  /// The verbs with this metric, in the order of the reference.
  package var verbs: [Verb] { Verb.allCases.filter { $0.definition.metrics.contains(self) } }

  package static func names(for verb: Verb) -> [MetricName] { verb.definition.metrics }

  /// Former names of metrics, which still work.
  private static let aliases = ["least": "minimum", "greatest": "maximum"]

  /// The metric of a name or an alias; `nil` where the verb has none.
  static func named(_ name: String, for verb: Verb) -> MetricName? {
    let name = aliases[name] ?? name
    return verb.definition.metrics.first { $0.name == name }
  }

  /// Every metric, in the order of the verbs.
  package static let all: [MetricName] = {
    var all: [MetricName] = []
    for metric in Verb.allCases.flatMap(names) where !all.contains(metric) { all.append(metric) }
    return all
  }()
}

// Metrics that several verbs share.
extension MetricName {
  static let loss = MetricName(.loss, "loss of the training samples")
  static let samples = MetricName(.samples, "samples, those held out included")

  /// Metrics of a network.
  static let network = [
    MetricName(.parameters, "weights and biases"),
    MetricName(.layers, "layers with weights"),
    MetricName(.multiplyAdds, "multiply-adds of one sample's forward pass"),
  ]

  /// Metrics of each layer, where recorded.
  static let statistics = [
    MetricName(.mean, show: .activations, "mean of a layer's outputs"),
    MetricName(.variance, show: .activations, "variance of a layer's outputs"),
    MetricName(
      .saturated, show: .activations,
      "share of a layer's outputs where the activation's slope is under 1% of its maximum"),
    MetricName(.active, show: .activations, "share of a layer's outputs that are not 0"),
    MetricName(.sparsity, show: .sparsity, "share of a layer's outputs that are 0"),
    MetricName(.gradient, show: .gradients, "norm of the loss's gradient by a layer's weights"),
    MetricName(.delta, show: .gradients, "norm of the loss's gradient by a layer's outputs"),
    MetricName(.weight, show: .gradients, "norm of a layer's weights"),
  ]
}
