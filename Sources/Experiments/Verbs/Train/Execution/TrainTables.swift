import NeuralNetworks

/// Loss, accuracy and learning rate, with a row for each recorded epoch.
struct HistoryTable: RunTable {
  var epoch: [Double] = []
  var step: [Double] = []
  var trainLoss: [Double] = []
  var testLoss: [Double]?
  var trainAccuracy: [Double]?
  var testAccuracy: [Double]?
  var rate: [Double] = []

  static let name = "history"
  static let columns: [RunColumn<Self>] = [
    .numbers("epoch", \.epoch), .numbers("step", \.step), .numbers("train.loss", \.trainLoss),
    .optional("test.loss", \.testLoss), .optional("train.accuracy", \.trainAccuracy),
    .optional("test.accuracy", \.testAccuracy), .numbers("rate", \.rate),
  ]
}

extension HistoryTable {
  init(_ entries: [HistoryEntry]) {
    func column(_ value: (HistoryEntry) -> Double?) -> [Double]? {
      let values = entries.map(value)
      guard values.contains(where: { $0 != nil }) else { return nil }
      return values.map { roundedToFloat($0 ?? .nan) }
    }
    epoch = entries.map { Double($0.epoch) }
    step = entries.map { Double($0.step) }
    trainLoss = entries.map { roundedToFloat($0.trainLoss) }
    testLoss = column(\.testLoss)
    trainAccuracy = column(\.trainAccuracy)
    testAccuracy = column(\.testAccuracy)
    rate = entries.map { roundedToFloat($0.learningRate) }
  }
}

/// The learning rate of each epoch.
struct RateTable: RunTable {
  var epoch: [Double] = []
  var rate: [Double] = []

  static let name = "rates"
  static let columns: [RunColumn<Self>] = [
    .numbers("epoch", \.epoch), .numbers("rate", \.rate),
  ]
}

extension RateTable {
  init(_ rates: [Double]) {
    epoch = rates.indices.map { Double($0 + 1) }
    rate = rates.map(roundedToFloat)
  }
}

/// The statistics of each layer, with a row for each layer of each recorded epoch.
struct LayerHistoryTable: LayerTable {
  var epoch: [Double] = []
  var layer: [Double] = []
  var layerName: [String] = []
  var mean: [Double] = []
  var variance: [Double] = []
  var saturated: [Double] = []
  var active: [Double] = []
  var gradient: [Double] = []
  var delta: [Double] = []
  var weight: [Double] = []

  static let name = "layers"
  static let columns: [RunColumn<Self>] = [.numbers("epoch", \.epoch)] + statisticsColumns
}

extension LayerHistoryTable {
  init(_ outcome: TrainingOutcome) {
    for (entry, layers) in zip(outcome.history, outcome.layers) {
      for statistics in layers {
        epoch.append(Double(entry.epoch))
        append(statistics)
      }
    }
  }
}

/// The layers of the ``RecordedHistograms`` of weights.
struct WeightTable: RunTable {
  var layer: [Double] = []
  var layerName: [String] = []

  static let name = "weights"
  static let columns: [RunColumn<Self>] = [
    .numbers("layer", \.layer), .words("name", \.layerName),
  ]
}
