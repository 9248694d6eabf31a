import NeuralNetworks

/// A network's layers with their shapes and sizes, as recorded by `train`, `signal`, `check`,
/// `trace` and `diagram`.
struct SummaryTable: RunTable {
  /// The number of a layer with weights; NaN for other layers.
  var layer: [Double] = []
  var layerName: [String] = []
  var input: [String] = []
  var output: [String] = []
  var parameters: [Double] = []
  var multiplyAdds: [Double] = []
  /// 1 for layers that the optimizer does not update.
  var frozen: [Double] = []
  /// ``key(of:)`` of each layer.
  var path: [String] = []

  static let name = "summary"
  static let columns: [RunColumn<Self>] = [
    .numbers("layer", \.layer).hiddenInText, .words("name", \.layerName),
    .words("input", \.input).hiddenInText, .words("output", \.output),
    .numbers("parameters", \.parameters), .numbers("multiply_adds", \.multiplyAdds),
    .numbers("frozen", \.frozen).hiddenInText, .words("path", \.path).hiddenInText,
  ]

  /// A layer's path in the table's form: `2.0.1`.
  static func key(of path: LayerPath) -> String {
    path.indices.map(String.init).joined(separator: ".")
  }
}

extension SummaryTable {
  init(_ description: NetworkDescription) {
    let layers = description.layers
    layer = layers.map { $0.number.map(Double.init) ?? .nan }
    layerName = layers.map(\.label)
    input = layers.map(\.input.description)
    output = layers.map(\.output.description)
    parameters = layers.map { Double($0.parameterCount) }
    multiplyAdds = layers.map { Double($0.multiplyAdds) }
    frozen = layers.map { $0.isFrozen ? 1 : 0 }
    path = layers.map { Self.key(of: $0.path) }
  }
}

extension Run {
  /// Records a network's layers, shapes and parameter counts.
  mutating func add(_ description: NetworkDescription) {
    metrics += [
      Metric(.parameters, value: Double(description.parameterCount)),
      Metric(.layers, value: Double(description.layers.compactMap(\.number).max() ?? 0)),
      Metric(.multiplyAdds, value: Double(description.multiplyAdds)),
    ]
    self[.input] = description.input.description
    self[.output] = description.output.description
    self[.loss] = description.loss?.description
    add(SummaryTable(description))
  }
}
