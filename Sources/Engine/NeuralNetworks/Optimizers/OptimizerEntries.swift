/// The optimizers' entries in the registry; each is in the file of its rule.
enum OptimizerEntries {
  /// An optimizer needs an entry here and a case in `Optimizer.rule`.
  static let all: [RegistryEntry] = [
    sgd, adagrad, rmsprop, adam, amsgrad, adamw, adamax, nadam, radam, adadelta, rprop, asgd, lbfgs,
    quickprop, lion, adabelief, yogi, signsgd, sam, genetic, cmaES,
  ]

  // Parameters that several optimizers share.
  static func rate(_ value: Double) -> Parameter {
    .number("rate", value, .atLeast(0), "learning rate η", positional: true)
  }
  static func decay(_ value: Double) -> Parameter {
    .number("weight_decay", value, .atLeast(0), "weight decay λ")
  }
  static func epsilon(_ value: Double) -> Parameter {
    .number("epsilon", value, .atLeast(0), "added to the denominator")
  }
  static let betas: [Parameter] = [
    .number("beta1", 0.9, .from(0, below: 1), "decay rate of the mean"),
    .number("beta2", 0.999, .from(0, below: 1), "decay rate of the mean square"),
  ]
  static let keepsMaximum = Parameter.flag("amsgrad", false, "the denominator never shrinks")
  static let decoupled = Parameter.flag(
    "decoupled", false, "decouples weight decay from the gradient")
}
