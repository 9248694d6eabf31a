import NeuralNetworks

/// A regression's curve over its one input, frame by frame, and the samples.
struct RecordedFit: Hashable, Sendable {
  var curves: FitTable
  var points: FitPointTable
}

/// The curves of all frames, one after another.
struct FitTable: RunTable {
  var epoch: [Double] = []
  var x: [Double] = []
  var y: [Double] = []

  static let name = "fit"
  static let columns: [RunColumn<Self>] = [
    .numbers("epoch", \.epoch), .numbers("x", \.x), .numbers("y", \.y),
  ]
}

/// The samples that a curve is to fit.
struct FitPointTable: RunTable {
  var x: [Double] = []
  var y: [Double] = []
  /// 1 for a sample held out.
  var heldOut: [Double] = []

  static let name = "fit.points"
  static let columns: [RunColumn<Self>] = [
    .numbers("x", \.x), .numbers("y", \.y), .numbers("held.out", \.heldOut),
  ]
}

extension RecordedFit {
  /// - Returns: `nil` without frames.
  init?(_ fits: [FitFrame]) {
    guard let first = fits.first else { return nil }
    curves = FitTable(
      epoch: fits.flatMap { fit in fit.x.map { _ in Double(fit.epoch) } },
      x: fits.flatMap { $0.x.map(roundedToFloat) }, y: fits.flatMap { $0.y.map(roundedToFloat) })
    points = FitPointTable(
      x: first.points.map { roundedToFloat($0.x) }, y: first.points.map { roundedToFloat($0.y) },
      heldOut: first.points.map { $0.isTest ? 1 : 0 })
  }

  /// Reads what ``write(to:)`` wrote; `nil` where the run has no fit.
  init?(in run: Run) {
    guard let curves = run.table(FitTable.self) else { return nil }
    self.curves = curves
    points = run.table() ?? FitPointTable()
  }

  func write(to run: inout Run) {
    run.add(curves)
    run.add(points)
  }
}
