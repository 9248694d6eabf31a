internal import Tensors

/// How a network's output is compared with the targets and read as a prediction: which loss, and
/// whether the outputs are logits, probabilities or numbers.
struct Head: Sendable {
  /// The meaning of the outputs, which determines how they become probabilities.
  enum Interpretation: Hashable, Sendable {
    case softmax
    case sigmoid
    /// Probabilities, or numbers meant to be 0 and 1.
    case plain
    /// The sign is the class.
    case sign
    /// Numbers to predict.
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

  /// Finds the loss, checks the output against the targets, and removes from the graph a last
  /// activation that the loss computes itself: softmax with cross-entropy, or the logistic function
  /// with its binary form. The two together are exact; one after the other they are not.
  ///
  /// - Throws: `EngineError.output` or `.loss` where output, loss and targets do not fit.
  init(_ graph: inout Graph, _ data: DatasetOutline, loss given: Term?) throws(EngineError) {
    let match = OutputMatch(output: graph.output, data: data, given: given)
    let (term, sizes) =
      switch data.targets {
      case .classes(let count): try match.classes(count)
      case .numbers(let columns): try match.numbers(columns)
      case .steps(let count): try match.steps(count)
      }
    loss = Loss(term)
    classes = sizes.classes
    outputs = sizes.outputs
    rowsPerSample = sizes.rows
    targetColumns = 0
    interpretation = .plain
    try Head.checkWeights(of: term, outputs: outputs)
    if loss.targetForm != .labels { targetColumns = outputs / loss.outputsPerTarget }
    if loss.hasOneTarget { targetColumns = 1 }
    absorbActivation(of: &graph, term)
    interpretation = loss.interpretation ?? (classes == 0 ? .numbers : .plain)
    guard !graph.nodes.isEmpty else {
      throw .option("network", problem: "a network needs at least one layer besides its output's")
    }
  }

  /// Removes a last activation that the loss computes with more accuracy, and takes the form of the
  /// loss that reads logits.
  private mutating func absorbActivation(of graph: inout Graph, _ term: Term) {
    let last = graph.nodes.last!.layer
    let name = last.activation?.name ?? (last.softmax == nil ? nil : graph.nodes.last!.name)
    switch (term.name, name) {
    case ("cross_entropy", "softmax"?), ("cross_entropy", "log_softmax"?), ("focal", "softmax"?):
      if name == "log_softmax" || last.softmax?.temperature == 1 {
        graph.removeLast()
      }
    case ("bce", "sigmoid"?):
      graph.removeLast()
      loss = Loss(OutputMatch.standard("bce_with_logits"))
    case ("bce", _) where name == nil || !Head.givesProbabilities.contains(name!):
      loss = Loss(OutputMatch.standard("bce_with_logits"))
    default: break
    }
  }

  /// A loss has one weight for each class or output; one weight may apply to all outputs.
  private static func checkWeights(of term: Term, outputs: Int) throws(EngineError) {
    for name in ["weight", "pos_weight"] {
      guard let weights = term.numbers(name) else { continue }
      let appliesToAll = weights.count == 1 && term.name == "bce_with_logits"
      guard weights.count == outputs || appliesToAll else {
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

  /// Whether the outputs predict one class of several: one output for each class, or one for two.
  /// Losses that compare parts of the output, or that read a number and its variance, do not.
  var predictsClasses: Bool {
    classes > 1 && !loss.hasOneTarget && loss.outputsPerTarget == 1
      && (outputs == classes || outputs == 1)
  }

  /// The output above which the second class is predicted, where there is one output for two.
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
