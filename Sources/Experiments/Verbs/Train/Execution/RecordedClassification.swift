import NeuralNetworks

/// How often samples of each class (row) were classified as each class (column).
struct RecordedConfusion: Hashable, Sendable {
  var names: ConfusionTable
  /// Shape: (classes, classes).
  var counts: Run.Grid
}

/// The classes of a confusion matrix.
struct ConfusionTable: RunTable {
  var className: [String] = []

  static let name = "confusion.names"
  static let columns: [RunColumn<Self>] = [.words("name", \.className)]
}

extension RecordedConfusion {
  private static let countName = "confusion"

  init(_ confusion: Confusion) {
    names = ConfusionTable(className: confusion.names)
    counts = Run.Grid(
      Self.countName, shape: [confusion.names.count, confusion.names.count],
      confusion.counts.flatMap { $0.map(Double.init) })
  }

  /// Reads the form written by ``write(to:)``; `nil` if the run has no confusion matrix.
  init?(in run: Run) {
    guard let names = run.table(ConfusionTable.self), let counts = run.grid(Self.countName),
      counts.shape == [names.className.count, names.className.count]
    else { return nil }
    self.names = names
    self.counts = counts
  }

  func write(to run: inout Run) {
    run.grids.append(counts)
    run.add(names)
  }
}

/// Samples with their labels and the network's predictions.
struct RecordedPredictions: Hashable, Sendable {
  var predictions: PredictionTable
  /// The samples' inputs, all of one shape: (samples, …).
  var inputs: Run.Grid
}

/// A row for each sample.
struct PredictionTable: RunTable {
  var label: [Double] = []
  var predicted: [Double] = []
  /// The probability of the predicted class.
  var probability: [Double] = []

  static let name = "predictions"
  static let columns: [RunColumn<Self>] = [
    .numbers("label", \.label), .numbers("predicted", \.predicted),
    .numbers("probability", \.probability),
  ]
}

extension RecordedPredictions {
  private static let inputName = "predictions.input"

  /// - Returns: `nil` without predictions.
  init?(_ all: [Prediction]) {
    guard let first = all.first else { return nil }
    let shown = all.filter { $0.shape == first.shape }
    predictions = PredictionTable(
      label: shown.map { Double($0.label) }, predicted: shown.map { Double($0.predicted) },
      probability: shown.map { prediction in
        let isKnown = prediction.probabilities.indices.contains(prediction.predicted)
        return roundedToFourPlaces(
          isKnown ? prediction.probabilities[prediction.predicted] : .nan)
      })
    inputs = Run.Grid(
      Self.inputName, shape: [shown.count] + first.shape.extents,
      shown.flatMap { $0.input.map(roundedToFourPlaces) })
  }

  /// Reads the form written by ``write(to:)``; `nil` if the run has no predictions.
  init?(in run: Run) {
    guard let predictions = run.table(PredictionTable.self), let inputs = run.grid(Self.inputName),
      inputs.shape.first == predictions.label.count
    else { return nil }
    self.predictions = predictions
    self.inputs = inputs
  }

  func write(to run: inout Run) {
    run.add(predictions)
    run.grids.append(inputs)
  }
}

/// The first layer's weights as images.
struct RecordedFilters: Hashable, Sendable {
  /// All of one shape: (filters, …).
  var weights: Run.Grid
}

extension RecordedFilters {
  private static let weightName = "filters"

  /// - Returns: `nil` without filters.
  init?(_ all: [Filter]) {
    guard let first = all.first else { return nil }
    let shown = all.filter { $0.shape == first.shape }
    weights = Run.Grid(
      Self.weightName, shape: [shown.count] + first.shape.extents,
      shown.flatMap { $0.values.map(roundedToFourPlaces) })
  }

  /// Reads the form written by ``write(to:)``; `nil` if the run has no filters.
  init?(in run: Run) {
    guard let weights = run.grid(Self.weightName) else { return nil }
    self.weights = weights
  }

  func write(to run: inout Run) { run.grids.append(weights) }
}
