internal import Tensors

/// How a network's output meets the targets: which loss, on logits or on probabilities, and what
/// the network says of a sample.
struct Head: Sendable {
  /// What turns outputs to probabilities.
  enum Interpretation: Hashable, Sendable {
    case softmax
    case sigmoid
    /// They are probabilities, or numbers meant to be 0 and 1.
    case plain
    /// The sign says the class.
    case sign
    /// Targets are numbers.
    case numbers
  }

  var loss: Loss
  var interpretation: Interpretation
  /// 0 where targets are numbers.
  var classes: Int
  /// Outputs of one row that the loss sees: of a sample, or of a step of a sequence.
  var outputs: Int
  /// Rows that the loss sees for a sample.
  var rowsPerSample = 1
  /// Numbers of a target row; 0 where targets are labels.
  var targetColumns: Int
  var targetForm: Loss.TargetForm { loss.targetForm }

  /// Finds the loss, checks the output against the targets, and takes a last activation that the
  /// loss computes itself (softmax of cross-entropy, the logistic curve of its binary form) off
  /// the graph, where the two together are exact and apart they are not.
  init(_ graph: inout Graph, _ data: DatasetOutline, loss given: Term?) throws(EngineError) {
    let targets = data.targetDescription
    let last = graph.nodes.last!.layer
    let lastName =
      last.activation?.name ?? (last.softmax == nil ? nil : graph.nodes.last!.name)
    let output = graph.output
    func refuse(_ expected: String) -> EngineError {
      .output(found: output, expected: expected, targets: targets)
    }
    func standard(_ name: String) -> Term { Registry.entry(.loss, name)!.defaultTerm }
    var term: Term
    switch data.targets {
    case .classes(let count):
      classes = count
      outputs = output.count
      let isBinary = classes <= 2 && outputs == 1
      guard output.rank == 1 else { throw refuse("a row of \(classes) (`flatten`, then `dense`)") }
      term = given ?? standard(isBinary ? "bce" : "cross_entropy")
      loss = Loss(term)
      switch loss.targetForm {
      case .labels:
        guard outputs == classes else {
          throw refuse(
            classes == 2 && outputs == 1 && given != nil
              ? "2 outputs for `\(term.name)`" : "\(classes) outputs")
        }
      case .bits, .signs, .numbers:
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
    case .numbers(let columns):
      classes = 0
      outputs = output.count
      term = given ?? standard("mse")
      loss = Loss(term)
      guard loss.targetForm == .numbers || loss.targetForm == .bits else {
        throw .loss(name: term.name, targets: targets, problem: "it is a loss of classes")
      }
      guard output.rank == 1,
        outputs == columns * loss.outputsPerTarget || loss.ignoresTargets && outputs % 3 == 0
      else {
        throw refuse("\(columns * loss.outputsPerTarget) outputs")
      }
    case .steps(let count):
      classes = count
      term = given ?? standard("cross_entropy")
      loss = Loss(term)
      guard loss.targetForm == .labels else {
        throw .loss(name: term.name, targets: targets, problem: "it is not a loss of classes")
      }
      let steps = data.shape.extents[0]
      guard output == Shape(steps, classes) else {
        throw refuse("\(Shape(steps, classes)): the same layer at every step (`each \(classes)`)")
      }
      outputs = classes
      rowsPerSample = steps
    }
    try Head.checkWeights(of: term, outputs: outputs)
    targetColumns = loss.targetForm == .labels ? 0 : outputs / loss.outputsPerTarget
    if loss.hasOneTarget { targetColumns = 1 }

    switch (term.name, lastName) {
    case ("cross_entropy", "softmax"?), ("cross_entropy", "log_softmax"?), ("focal", "softmax"?):
      if lastName == "log_softmax" || last.softmax?.temperature == 1 {
        graph.removeLast()
      }
    case ("bce", "sigmoid"?):
      graph.removeLast()
      loss = Loss(standard("bce_with_logits"))
    case ("bce", let name) where name == nil || !Head.givesProbabilities.contains(name!):
      loss = Loss(standard("bce_with_logits"))
    default: break
    }
    interpretation = loss.interpretation ?? (classes == 0 ? .numbers : .plain)
    guard !graph.nodes.isEmpty else {
      throw .option("network", problem: "a network needs at least one layer besides its output's")
    }
  }

  /// A loss has as many weights as classes, or outputs; one may stand for all outputs.
  private static func checkWeights(of term: Term, outputs: Int) throws(EngineError) {
    for name in ["weight", "pos_weight"] {
      guard let weights = term.numbers(name) else { continue }
      let standsForAll = weights.count == 1 && term.name == "bce_with_logits"
      guard weights.count == outputs || standsForAll else {
        throw .option(
          "loss",
          problem: "`\(term.name)` has \(weights.count) numbers as `\(name)`, and there are"
            + " \(outputs) \(term.name == "bce_with_logits" ? "outputs" : "classes")")
      }
    }
  }

  private static let givesProbabilities: Set<String> = [
    "softmax", "sparsemax", "softmin", "hard_sigmoid", "hard_sigmoid_keras", "gaussian", "sq_rbf",
    "soft_clipping", "brelu", "binary_step",
  ]

  /// Whether the outputs name one class of several: an output for each, or one for two. Those of
  /// losses that compare parts of the output, or that read a number and its variance, name none.
  var saysClasses: Bool {
    classes > 1 && !loss.hasOneTarget && loss.outputsPerTarget == 1
      && (outputs == classes || outputs == 1)
  }

  /// What an output says as a class, where there is one output for two.
  var threshold: Double { interpretation == .plain ? 0.5 : 0 }

  /// The target numbers of a sample of this class.
  func numbers(label: Int32) -> [Double] {
    let (off, on): (Double, Double) = targetForm == .signs ? (-1, 1) : (0, 1)
    if targetColumns == 1 { return [label > 0 ? on : off] }
    return (0..<targetColumns).map { $0 == Int(label) ? on : off }
  }
}

extension Graph {
  mutating func removeLast() {
    precondition(nodes.last!.inputs == [nodes.count - 1])
    nodes.removeLast()
  }
}
