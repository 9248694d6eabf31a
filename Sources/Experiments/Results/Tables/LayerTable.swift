import NeuralNetworks

/// Statistics with a row for each layer: of a `signal`, or of each recorded epoch of a training.
protocol LayerTable: RunTable {
  var layer: [Double] { get set }
  var layerName: [String] { get set }
  var mean: [Double] { get set }
  var variance: [Double] { get set }
  var saturated: [Double] { get set }
  var active: [Double] { get set }
  var gradient: [Double] { get set }
  var delta: [Double] { get set }
  var weight: [Double] { get set }
}

extension LayerTable {
  /// The columns shared by all tables of layers.
  static var statisticsColumns: [RunColumn<Self>] {
    [
      .numbers("layer", \.layer), .words("name", \.layerName), .numbers("mean", \.mean),
      .numbers("variance", \.variance), .numbers("saturated", \.saturated),
      .numbers("active", \.active), .numbers("gradient", \.gradient),
      .numbers("delta", \.delta).hiddenInText, .numbers("weight", \.weight).hiddenInText,
    ]
  }

  mutating func append(_ statistics: LayerStatistics) {
    layer.append(Double(statistics.number))
    layerName.append(statistics.name)
    mean.append(roundedToFloat(statistics.mean))
    variance.append(roundedToFloat(statistics.variance))
    saturated.append(roundedToFloat(statistics.saturated))
    active.append(roundedToFloat(statistics.active))
    gradient.append(roundedToFloat(statistics.gradientNorm))
    delta.append(roundedToFloat(statistics.deltaNorm))
    weight.append(roundedToFloat(statistics.weightNorm))
  }
}

extension Run.Metric {
  /// A layer's statistics, rounded to `Float`'s precision.
  static func metrics(of layer: LayerStatistics) -> [Run.Metric] {
    let values: [(MetricKey, Double)] = [
      (.mean, layer.mean), (.variance, layer.variance), (.saturated, layer.saturated),
      (.active, layer.active), (.sparsity, layer.sparsity), (.gradient, layer.gradientNorm),
      (.delta, layer.deltaNorm), (.weight, layer.weightNorm),
    ]
    return values.map { key, value in
      Run.Metric(key, "\(layer.number)", value: roundedToFloat(value))
    }
  }
}
