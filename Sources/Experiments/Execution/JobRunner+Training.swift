import DecimalText
import NeuralNetworks

extension JobRunner {
  func train(_ spec: TrainingSpec) throws(EngineError) -> Run {
    let outcome = try Engine.train(
      spec, files: engineFiles, shelf: shelf, kernels: kernels,
      progress: { progress(Double($0.epoch) / Double(max(1, $0.epochs))) },
      isCancelled: isCancelled)
    var run = Run()
    run.metrics = Self.metrics(of: outcome)
    run.tables.append(Self.history(outcome.history))
    run.add(outcome.description)
    if !outcome.learningRates.isEmpty {
      run.tables.append(
        Run.Table(
          "rates",
          [
            Run.Column("epoch", outcome.learningRates.indices.map { Double($0 + 1) }),
            Run.Column("rate", outcome.learningRates.map(Self.roundedToFloat)),
          ]))
    }
    if let divergence = outcome.divergence {
      run.facts.append(.init("diverged.epoch", "\(divergence.epoch)"))
      run.facts.append(.init("diverged.step", "\(divergence.step)"))
    }
    if let epoch = outcome.restoredEpoch {
      run.facts.append(.init("restored.epoch", "\(epoch)"))
    }
    run.facts.append(.init("train.samples", "\(outcome.trainCount)"))
    run.facts.append(.init("test.samples", "\(outcome.testCount)"))
    if !outcome.classNames.isEmpty {
      run.tables.append(Run.Table("classes", [Run.Column("name", outcome.classNames)]))
    }
    Self.addLayers(outcome, to: &run)
    Self.addPictures(outcome, to: &run)
    return run
  }

  private static func metrics(of outcome: TrainingOutcome) -> [Run.Metric] {
    let last = outcome.final
    var metrics: [Run.Metric] = []
    func add(_ name: String, _ value: Double?) {
      if let value { metrics.append(Run.Metric(name, [], roundedToFloat(value))) }
    }
    func least(_ values: [Double?]) -> Double? { values.compactMap(\.self).min() }
    add("loss", last.trainLoss)
    add("train.loss", last.trainLoss)
    add("test.loss", last.testLoss)
    add("accuracy", last.trainAccuracy)
    add("train.accuracy", last.trainAccuracy)
    add("test.accuracy", last.testAccuracy)
    add("best.train.loss", least(outcome.history.map(\.trainLoss)))
    add("best.test.loss", least(outcome.history.map(\.testLoss)))
    add("best.test.accuracy", outcome.history.compactMap(\.testAccuracy).max())
    add("first.loss", outcome.history.first?.trainLoss)
    add("epochs", Double(outcome.epochs))
    add("steps", Double(outcome.steps))
    add("rate", outcome.learningRates.last)
    add("diverged", outcome.divergence == nil ? 0 : 1)
    add("samples", Double(outcome.trainCount + outcome.testCount))
    for layer in outcome.layers.last ?? [] { metrics += Self.metrics(of: layer) }
    return metrics
  }

  private static func history(_ entries: [HistoryEntry]) -> Run.Table {
    var columns = [
      Run.Column("epoch", entries.map { Double($0.epoch) }),
      Run.Column("step", entries.map { Double($0.step) }),
      Run.Column("train.loss", entries.map { roundedToFloat($0.trainLoss) }),
    ]
    func add(_ name: String, _ value: (HistoryEntry) -> Double?) {
      let values = entries.map(value)
      guard values.contains(where: { $0 != nil }) else { return }
      columns.append(Run.Column(name, values.map { roundedToFloat($0 ?? .nan) }))
    }
    add("test.loss", \.testLoss)
    add("train.accuracy", \.trainAccuracy)
    add("test.accuracy", \.testAccuracy)
    columns.append(Run.Column("rate", entries.map { roundedToFloat($0.learningRate) }))
    return Run.Table("history", columns)
  }

  private static func addLayers(_ outcome: TrainingOutcome, to run: inout Run) {
    if !outcome.layers.isEmpty {
      let epochs = zip(outcome.history, outcome.layers).flatMap { entry, layers in
        layers.map { _ in Double(entry.epoch) }
      }
      let statistics = outcome.layers.prefix(outcome.history.count).flatMap(\.self)
      run.tables.append(
        Run.Table("layers", [Run.Column("epoch", epochs)] + columns(of: statistics)))
    }
    if !outcome.weights.isEmpty {
      run.tables.append(
        Run.Table(
          "weights",
          [
            Run.Column("layer", outcome.weights.map { Double($0.number) }),
            Run.Column("name", outcome.weights.map(\.name)),
          ]))
      run.add(outcome.weights.map(\.before), named: "weights.before")
      run.add(outcome.weights.map(\.after), named: "weights.after")
    }
  }

  private static func add(_ landscape: Landscape, to run: inout Run) {
    let ranges = [landscape.xRange, landscape.yRange]
    run.tables.append(
      Run.Table(
        "landscape.range",
        [
          Run.Column("low", ranges.map { roundedToFloat($0.lowerBound) }),
          Run.Column("high", ranges.map { roundedToFloat($0.upperBound) }),
        ]))
    run.tables.append(
      Run.Table(
        "landscape.way",
        [
          Run.Column("epoch", landscape.trajectory.map { Double($0.epoch) }),
          Run.Column("x", landscape.trajectory.map { roundedToFloat($0.x) }),
          Run.Column("y", landscape.trajectory.map { roundedToFloat($0.y) }),
        ]))
    if let parameters = landscape.parameters {
      run.tables.append(Run.Table("landscape.axes", [Run.Column("name", parameters)]))
    }
    // Four digits are more than a line of equal loss can show.
    run.grids.append(
      Run.Grid(
        "landscape", shape: [landscape.rows, landscape.columns],
        landscape.losses.map { $0.isFinite ? Double(significant($0, 4)) ?? $0 : .nan }))
  }

  private static func addPictures(_ outcome: TrainingOutcome, to run: inout Run) {
    if let first = outcome.boundaries.first {
      let frames = outcome.boundaries.filter {
        $0.rows == first.rows && $0.columns == first.columns
      }
      let shape = [frames.count, first.rows, first.columns]
      run.tables.append(
        Run.Table(
          "boundary.range",
          [
            Run.Column(
              "low",
              [roundedToFloat(first.xRange.lowerBound), roundedToFloat(first.yRange.lowerBound)]),
            Run.Column(
              "high",
              [roundedToFloat(first.xRange.upperBound), roundedToFloat(first.yRange.upperBound)]),
          ]))
      // Of two classes the probability of the second says all; of more, the winner and its own.
      let isBinary = max(2, outcome.classNames.count) == 2
      if !isBinary {
        run.grids.append(
          Run.Grid("boundary.class", shape: shape, frames.flatMap { $0.classes.map(Double.init) }))
      }
      let shares = frames.map { frame in
        zip(frame.classes, frame.confidence).map { label, confidence in
          isBinary && label == 0 ? 1 - confidence : confidence
        }
      }
      // Whole thousandths of what a frame spans: as much as its picture can show, also of a network
      // that says nearly the same everywhere.
      let least = shares.map { roundedToFloat($0.filter(\.isFinite).min() ?? 0) }
      let greatest = shares.map { roundedToFloat($0.filter(\.isFinite).max() ?? 1) }
      run.tables.append(
        Run.Table(
          "boundary.epochs",
          [
            Run.Column("epoch", frames.map { Double($0.epoch) }), Run.Column("least", least),
            Run.Column("greatest", greatest),
          ]))
      run.grids.append(
        Run.Grid(
          "boundary", shape: shape,
          shares.enumerated().flatMap { frame, shares in
            let span = greatest[frame] - least[frame]
            return shares.map {
              $0.isNaN ? .nan : span > 0 ? ((($0 - least[frame]) / span) * 1000).rounded() : 0
            }
          }))
      let xStep = pixel(of: first.xRange)
      let yStep = pixel(of: first.yRange)
      run.tables.append(
        Run.Table(
          "boundary.points",
          [
            Run.Column("x", first.points.map { xStep.rounded($0.x) }),
            Run.Column("y", first.points.map { yStep.rounded($0.y) }),
            Run.Column("class", first.points.map { Double($0.label) }),
            Run.Column("held.out", first.points.map { $0.isTest ? 1 : 0 }),
          ]))
    }
    if let first = outcome.fits.first {
      run.tables.append(
        Run.Table(
          "fit",
          [
            Run.Column(
              "epoch", outcome.fits.flatMap { fit in fit.x.map { _ in Double(fit.epoch) } }),
            Run.Column("x", outcome.fits.flatMap { $0.x.map(roundedToFloat) }),
            Run.Column("y", outcome.fits.flatMap { $0.y.map(roundedToFloat) }),
          ]))
      run.tables.append(
        Run.Table(
          "fit.points",
          [
            Run.Column("x", first.points.map { roundedToFloat($0.x) }),
            Run.Column("y", first.points.map { roundedToFloat($0.y) }),
            Run.Column("held.out", first.points.map { $0.isTest ? 1 : 0 }),
          ]))
    }
    if let landscape = outcome.landscape { add(landscape, to: &run) }
    if let confusion = outcome.confusion {
      run.grids.append(
        Run.Grid(
          "confusion", shape: [confusion.names.count, confusion.names.count],
          confusion.counts.flatMap { $0.map(Double.init) }))
      run.tables.append(Run.Table("confusion.names", [Run.Column("name", confusion.names)]))
    }
    if let first = outcome.predictions.first {
      let predictions = outcome.predictions.filter { $0.shape == first.shape }
      run.tables.append(
        Run.Table(
          "predictions",
          [
            Run.Column("label", predictions.map { Double($0.label) }),
            Run.Column("predicted", predictions.map { Double($0.predicted) }),
            Run.Column(
              "probability",
              predictions.map { roundedToFourPlaces($0.probabilities[safe: $0.predicted] ?? .nan) }
            ),
          ]))
      run.grids.append(
        Run.Grid(
          "predictions.input", shape: [predictions.count] + first.shape.extents,
          predictions.flatMap { $0.input.map(roundedToFourPlaces) }))
    }
    if let first = outcome.filters.first {
      let filters = outcome.filters.filter { $0.shape == first.shape }
      run.grids.append(
        Run.Grid(
          "filters", shape: [filters.count] + first.shape.extents,
          filters.flatMap { $0.values.map(roundedToFourPlaces) }))
    }
  }

  /// The decimal place that is less than a picture of the interval can show: a two-thousandth of it.
  private static func pixel(of range: ClosedRange<Double>) -> DecimalPlace {
    let span = range.upperBound - range.lowerBound
    var place = DecimalPlace(power: 0)
    guard span > 0, span.isFinite else { return place }
    while place.power < 15, span * place.scale < 2000 { place.power += 1 }
    while place.power > -15, span * place.scale >= 20_000 { place.power -= 1 }
    return place
  }

  /// Four digits: what a picture can show.
  private static func roundedToFourPlaces(_ value: Double) -> Double {
    value.isFinite ? (value * 10_000).rounded() / 10_000 : value
  }
}

/// Rounding to so many digits behind the point, or before it.
private struct DecimalPlace {
  var power: Int

  /// Ten to the power.
  var scale: Double { power < 0 ? 1 / tens : tens }

  private var tens: Double { (0..<abs(power)).reduce(1) { scale, _ in scale * 10 } }

  /// The nearest decimal of that place. Powers of ten up to 10²² are exact, so one division is too.
  func rounded(_ value: Double) -> Double {
    guard value.isFinite else { return value }
    return power < 0 ? (value / tens).rounded() * tens : (value * tens).rounded() / tens
  }
}

extension Array {
  fileprivate subscript(safe index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
