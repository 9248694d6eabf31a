import NeuralNetworks

/// A regression's curve over its single input, frame by frame, and the samples.
struct RecordedFit: Hashable, Sendable {
  var curves: FitTable
  var points: FitPointTable
}

/// The curves of all frames, in order.
struct FitTable: RunTable {
  var epoch: [Double] = []
  var x: [Double] = []
  var y: [Double] = []

  static let name = "fit"
  static let columns: [RunColumn<Self>] = [
    .numbers("epoch", \.epoch), .numbers("x", \.x), .numbers("y", \.y),
  ]
}

/// The samples to which the curve is fitted.
struct FitPointTable: RunTable {
  var x: [Double] = []
  var y: [Double] = []
  /// 1 for a held-out sample.
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

  /// Reads the form written by ``write(to:)``; `nil` if the run has no fit.
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
