import NeuralNetworks

/// A number that claims and prose can name.
package struct MetricName: Hashable, Sendable {
  package let name: String
  /// What narrows it down beside the block's variables and the seed: `layer`.
  package let selectors: [String]
  package let verbs: [Verb]
  package let unit: String?
  package let summary: String
  /// What the engine must record for it, and the word of `show` that asks for that.
  let show: Show?

  init(
    _ name: String, _ selectors: [String], _ verbs: [Verb], unit: String? = nil,
    show: Show? = nil, _ summary: String
  ) {
    self.name = name
    self.selectors = selectors
    self.verbs = verbs
    self.unit = unit
    self.show = show
    self.summary = summary
  }

  package static func names(for verb: Verb) -> [MetricName] {
    all.filter { $0.verbs.contains(verb) }
  }

  static func named(_ name: String, for verb: Verb) -> MetricName? {
    all.first { $0.name == name && $0.verbs.contains(verb) }
  }

  private static let networks: [Verb] = [.train, .signal, .check, .trace, .diagram]
  private static let perLayer: [Verb] = [.train, .signal]

  package static let all: [MetricName] = [
    MetricName("loss", [.train, .signal, .check, .trace], "loss of the training samples"),
    MetricName("train.loss", [.train], "loss of the training samples at the end"),
    MetricName("test.loss", [.train], "loss of the samples held out at the end"),
    MetricName("accuracy", [.train], "share of the training samples that are right"),
    MetricName("train.accuracy", [.train], "share of the training samples that are right"),
    MetricName("test.accuracy", [.train], "share of the samples held out that are right"),
    MetricName("best.train.loss", [.train], "least loss of the training samples on the way"),
    MetricName("best.test.loss", [.train], "least loss of the samples held out on the way"),
    MetricName("best.test.accuracy", [.train], "greatest accuracy on the way"),
    MetricName("first.loss", [.train], "loss before the first step"),
    MetricName("epochs", [.train], unit: "epochs", "epochs done"),
    MetricName("steps", [.train], unit: "steps", "steps done"),
    MetricName("rate", [.train], "learning rate of the last epoch"),
    MetricName("diverged", [.train], "1 when the loss became infinite or no number, else 0"),
    MetricName("samples", [.train, .dataset], "samples, those held out included"),
    MetricName("parameters", networks, "weights and biases"),
    MetricName("layers", networks, "layers with weights"),
    MetricName("multiply_adds", networks, "multiply-adds of one sample's forward pass"),
    MetricName("mean", ["layer"], perLayer, show: .activations, "mean of a layer's outputs"),
    MetricName(
      "variance", ["layer"], perLayer, show: .activations, "variance of a layer's outputs"),
    MetricName(
      "saturated", ["layer"], perLayer, show: .activations,
      "share of a layer's outputs where the activation's slope is under 1% of its greatest"),
    MetricName(
      "active", ["layer"], perLayer, show: .activations, "share of a layer's outputs that are not 0"
    ),
    MetricName(
      "sparsity", ["layer"], perLayer, show: .sparsity, "share of a layer's outputs that are 0"),
    MetricName(
      "gradient", ["layer"], perLayer, show: .gradients,
      "norm of the loss's gradient by a layer's weights"),
    MetricName(
      "delta", ["layer"], perLayer, show: .gradients,
      "norm of the loss's gradient by a layer's outputs"),
    MetricName("weight", ["layer"], perLayer, show: .gradients, "norm of a layer's weights"),
    MetricName("units", ["layer"], [.signal], "outputs of a layer"),
    MetricName(
      "distinct", ["layer"], [.signal], "units of a layer that differ from every other"),
    MetricName("error", [.check], "largest relative error of any gradient"),
    MetricName("kinks", [.check], "elements left out because a kink lies within the difference"),
    MetricName("loss_after", [.trace], "loss after the step"),
    MetricName("value", [.graph], "value of the expression"),
    MetricName("gradient", ["of"], [.graph], "derivative of the expression by a variable"),
    MetricName("least", ["function"], [.plot], "least value of a function in the interval"),
    MetricName("greatest", ["function"], [.plot], "greatest value of a function in the interval"),
    MetricName(
      "steepest", ["function"], [.plot], "greatest magnitude of its derivative in the interval"),
    MetricName("features", [.dataset], "numbers of a sample"),
    MetricName("classes", [.dataset], "classes of the targets"),
  ]

  private init(
    _ name: String, _ verbs: [Verb], unit: String? = nil, show: Show? = nil, _ summary: String
  ) {
    self.init(name, [], verbs, unit: unit, show: show, summary)
  }
}
