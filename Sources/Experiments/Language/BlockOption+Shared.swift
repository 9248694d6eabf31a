// Options that several verbs share. A verb's own options are in its folder.
extension BlockOption {
  /// All options, grouped, in the order of the verbs. Options with the same name are adjacent.
  package static let all: [BlockOption] = {
    var all: [BlockOption] = []
    for option in Verb.allCases.flatMap(\.definition.options) where !all.contains(option) {
      all.append(option)
    }
    return Group.allCases.flatMap { group -> [BlockOption] in
      let members = all.filter { $0.group == group }
      var names: [String] = []
      for member in members where !names.contains(member.name) { names.append(member.name) }
      return names.flatMap { name in members.filter { $0.name == name } }
    }
  }()

  /// The option with a name; `nil` if the verb has none.
  package static func named(_ name: String, for verb: Verb) -> BlockOption? {
    verb.definition.options.first { $0.name == name }
  }

  /// The names of a verb's options, in the order of the reference.
  package static func names(for verb: Verb) -> [String] { verb.definition.options.map(\.name) }

  /// The verbs that have the option, in the order of the reference.
  package var verbs: [Verb] { Verb.allCases.filter { $0.definition.options.contains(self) } }

  /// The verbs that have an option with this name.
  static func verbs(knowing name: String) -> [Verb] {
    all.filter { $0.name == name }.flatMap(\.verbs)
  }

  static let digits = BlockOption(
    .subject, "digits", .integer, .from(1, to: 12), default: "4", isDisplay: true,
    "significant digits of the numbers shown")

  // MARK: Networks and their samples

  static let data = BlockOption(.training, "data", .term(.dataset), "the data set")
  static let standardize = BlockOption(
    .training, "standardize", .flag, default: "false",
    "inputs (an image's channels) to mean 0 and variance 1 by the training samples")
  static let initializer = BlockOption(
    .training, "init", .term(.initializer),
    "the initializer of layers that name none; by default PyTorch's")
  static let loss = BlockOption(
    .training, "loss", .term(.loss),
    "the loss; by default cross-entropy for classes, mean squared error for numbers")
  static let optimizer = BlockOption(
    .training, "optimizer", .term(.optimizer), default: "sgd", "the optimizer")
  static let seed = BlockOption(
    .training, "seed", .integer, .from(0, to: 4_294_967_295), default: "1",
    "names the random numbers")

  /// `batch`, with a maximum that depends on the verb.
  static func batch(
    to most: Double, default defaultText: String, _ summary: String
  ) -> BlockOption {
    BlockOption(
      .training, "batch", .integer, .from(1, to: most), default: defaultText, unit: "samples",
      summary)
  }

  // MARK: Several runs

  static let vary = BlockOption(.runs, "vary", .variables, "values for each variable")
  static let slider = BlockOption(
    .runs, "slider", .text, isDisplay: true, "the variable, or `epoch`, that a slider changes")
  static let repeats = BlockOption(
    .runs, "repeats", .integer, .from(1, to: 100), default: "1",
    "seeds to run, from `seed` on; curves get a band")

  // MARK: How a result is shown

  static let show = BlockOption(.display, "show", .show, "what is shown, in this order")
  static let scale = BlockOption(
    .display, "scale", .word(["auto", "linear", "log"]), default: "auto", isDisplay: true,
    "the axis of losses, variances and norms")
  static let expect = BlockOption(
    .display, "expect", .claims, isDisplay: true,
    "claims that fail the build when they do not hold")

  /// The options that every verb has.
  static let common: [BlockOption] = [
    BlockOption(.display, "caption", .text, isDisplay: true, "a caption under the figure"),
    BlockOption(
      .display, "alt", .text, isDisplay: true,
      "a text alternative to the figure, in place of the one made from its data"),
    BlockOption(
      .display, "width", .integer, .from(160, to: 2000), unit: "pixels", isDisplay: true,
      "width of a panel"),
    BlockOption(
      .display, "height", .integer, .from(80, to: 2000), unit: "pixels", isDisplay: true,
      "height of a plot"),
    BlockOption(
      .display, "echo", .word(["false", "true", "folded"]), isDisplay: true,
      "shows the block's text above its result; by default as the site says"),
    BlockOption(
      .display, "limit", .number, .above(0), unit: "operations", isDisplay: true,
      "the most that the block may cost, up to the article's limit; by default as the site says"
    ),
  ]
}
