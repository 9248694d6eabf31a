/// The name of a number in result files and claims, with its selectors. The code that computes the
/// number and the code that shows it share the key.
struct MetricKey: Hashable, Sendable {
  let name: String
  /// Selectors besides the block's variables and the seed: `layer`.
  let selectors: [String]

  init(_ name: String, by selectors: String...) {
    self.name = name
    self.selectors = selectors
  }
}

// Keys that several verbs share.
extension MetricKey {
  static let loss = MetricKey("loss")
  static let samples = MetricKey("samples")

  // Keys of a network.
  static let parameters = MetricKey("parameters")
  static let layers = MetricKey("layers")
  static let multiplyAdds = MetricKey("multiply_adds")

  // Keys of a layer.
  static let mean = MetricKey("mean", by: "layer")
  static let variance = MetricKey("variance", by: "layer")
  static let saturated = MetricKey("saturated", by: "layer")
  static let active = MetricKey("active", by: "layer")
  static let sparsity = MetricKey("sparsity", by: "layer")
  static let gradient = MetricKey("gradient", by: "layer")
  static let delta = MetricKey("delta", by: "layer")
  static let weight = MetricKey("weight", by: "layer")
}

extension Run.Metric {
  /// - Parameter selected: The value of each of the key's selectors.
  init(_ key: MetricKey, _ selected: String..., value: Double) {
    precondition(selected.count == key.selectors.count, "\(key.name) takes \(key.selectors)")
    self.init(key.name, zip(key.selectors, selected).map { NamedValue($0, $1) }, value)
  }
}

extension Run {
  /// A metric without selectors; `nil` if the run has none.
  func metric(_ key: MetricKey) -> Double? { metric(key.name) }
}
