import NeuralNetworks

extension MetricKey {
  static let trainLoss = MetricKey("train.loss")
  static let testLoss = MetricKey("test.loss")
  static let accuracy = MetricKey("accuracy")
  static let trainAccuracy = MetricKey("train.accuracy")
  static let testAccuracy = MetricKey("test.accuracy")
  static let bestTrainLoss = MetricKey("best.train.loss")
  static let bestTestLoss = MetricKey("best.test.loss")
  static let bestTestAccuracy = MetricKey("best.test.accuracy")
  static let firstLoss = MetricKey("first.loss")
  static let epochs = MetricKey("epochs")
  static let steps = MetricKey("steps")
  static let rate = MetricKey("rate")
  static let diverged = MetricKey("diverged")
}

extension TrainJob {
  /// The final numbers of a training, and the best of any epoch.
  static func metrics(of outcome: TrainingOutcome) -> [Run.Metric] {
    let last = outcome.final
    let history = outcome.history
    var metrics: [Run.Metric] = []
    func add(_ key: MetricKey, _ value: Double?) {
      if let value { metrics.append(Run.Metric(key, value: roundedToFloat(value))) }
    }
    add(.loss, last.trainLoss)
    add(.trainLoss, last.trainLoss)
    add(.testLoss, last.testLoss)
    add(.accuracy, last.trainAccuracy)
    add(.trainAccuracy, last.trainAccuracy)
    add(.testAccuracy, last.testAccuracy)
    add(.bestTrainLoss, history.map(\.trainLoss).min())
    add(.bestTestLoss, history.compactMap(\.testLoss).min())
    add(.bestTestAccuracy, history.compactMap(\.testAccuracy).max())
    add(.firstLoss, history.first?.trainLoss)
    add(.epochs, Double(outcome.epochs))
    add(.steps, Double(outcome.steps))
    add(.rate, outcome.learningRates.last)
    add(.diverged, outcome.divergence == nil ? 0 : 1)
    add(.samples, Double(outcome.trainCount + outcome.testCount))
    for layer in outcome.layers.last ?? [] { metrics += Run.Metric.metrics(of: layer) }
    return metrics
  }
}
