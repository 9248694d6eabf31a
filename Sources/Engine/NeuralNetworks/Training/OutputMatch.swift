/// Matches a network's output with the targets of the data: the loss that fits both, and the sizes
/// that it sees.
struct OutputMatch {
  /// The sizes of the output as the loss sees them.
  struct Sizes {
    /// 0 where targets are numbers.
    var classes: Int
    /// Outputs of one row that the loss sees.
    var outputs: Int
    /// Rows that the loss sees for a sample.
    var rows = 1
  }

  let output: Shape
  let data: DatasetOutline
  /// The author's loss; nil for the usual one of the targets.
  let given: Term?

  private var targets: String { data.targetDescription }

  /// A loss of the registry with its defaults.
  static func standard(_ name: String) -> Term { Registry.entry(.loss, name)!.defaultTerm }

  private func refuse(_ expected: String) -> EngineError {
    .output(found: output, expected: expected, targets: targets)
  }

  /// One class for each sample.
  func classes(_ classes: Int) throws(EngineError) -> (Term, Sizes) {
    let outputs = output.count
    let isBinary = classes <= 2 && outputs == 1
    guard output.rank == 1 else { throw refuse("a row of \(classes) (`flatten`, then `dense`)") }
    let term = given ?? Self.standard(isBinary ? "bce" : "cross_entropy")
    let loss = Loss(term)
    switch loss.targetForm {
    case .labels:
      guard outputs == classes else {
        throw refuse(
          classes == 2 && outputs == 1 && given != nil
            ? "2 outputs for `\(term.name)`" : "\(classes) outputs")
      }
    case .bits, .signs, .numbers: try checkOutputs(of: loss, classes: classes)
    }
    return (term, Sizes(classes: classes, outputs: outputs))
  }

  /// The output of a loss that compares classes as numbers: one for each class, one for two, or
  /// parts of equal size.
  private func checkOutputs(of loss: Loss, classes: Int) throws(EngineError) {
    let outputs = output.count
    let parts = loss.rowParts
    let fits =
      loss.hasOneTarget
      ? outputs % parts == 0 && (classes == 2 || loss.ignoresTargets)
      : outputs % loss.outputsPerTarget == 0
        && (outputs / loss.outputsPerTarget == classes
          || outputs == loss.outputsPerTarget && classes == 2)
    guard fits else {
      throw refuse(
        loss.hasOneTarget
          ? "outputs that \(parts) parts divide, for two classes"
          : classes == 2 ? "1 output or 2" : "\(classes) outputs")
    }
  }

  /// Numbers for each sample.
  func numbers(_ columns: Int) throws(EngineError) -> (Term, Sizes) {
    let outputs = output.count
    let term = given ?? Self.standard("mse")
    let loss = Loss(term)
    guard loss.targetForm == .numbers || loss.targetForm == .bits else {
      throw .loss(name: term.name, targets: targets, problem: "it is a loss of classes")
    }
    guard output.rank == 1,
      outputs == columns * loss.outputsPerTarget || loss.ignoresTargets && outputs % 3 == 0
    else {
      throw refuse("\(columns * loss.outputsPerTarget) outputs")
    }
    return (term, Sizes(classes: 0, outputs: outputs))
  }

  /// One class for each step of a sequence.
  func steps(_ classes: Int) throws(EngineError) -> (Term, Sizes) {
    let term = given ?? Self.standard("cross_entropy")
    guard Loss(term).targetForm == .labels else {
      throw .loss(name: term.name, targets: targets, problem: "it is not a loss of classes")
    }
    let steps = data.shape.extents[0]
    guard output == Shape(steps, classes) else {
      throw refuse("\(Shape(steps, classes)): the same layer at every step (`each \(classes)`)")
    }
    return (term, Sizes(classes: classes, outputs: classes, rows: steps))
  }
}
