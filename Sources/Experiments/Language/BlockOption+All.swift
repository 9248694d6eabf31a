extension BlockOption {
  /// Every option, in the order of the reference.
  package static let all: [BlockOption] = subjects + training + many + displayOptions

  package static func named(_ name: String, for verb: Verb) -> BlockOption? {
    table[name]?.first { $0.verbs.contains(verb) }
  }

  /// The names of a verb's options.
  package static func names(for verb: Verb) -> [String] {
    all.filter { $0.verbs.contains(verb) }.map(\.name)
  }

  /// The verbs that know an option of this name.
  static func verbs(knowing name: String) -> [Verb] { table[name]?.flatMap(\.verbs) ?? [] }

  private static let table: [String: [BlockOption]] = Dictionary(grouping: all, by: \.name)
  private static let networks: [Verb] = [.train, .signal, .check, .trace, .diagram]
  private static let run: [Verb] = [.train, .signal, .check, .trace]

  private static let subjects: [BlockOption] = [
    BlockOption("x", .range, default: "-6..6", [.plot], "the interval that is drawn"),
    BlockOption(
      "derivatives", .word(["false", "true", "only"]), default: "false", [.plot],
      "draws the derivatives beside the functions, or instead of them"),
    BlockOption(
      "points", .integer, .from(2, to: 2000), default: "241", [.plot],
      "numbers at which a function is computed"),
    BlockOption(
      "rate", .number, .above(0), default: "0.1", [.plot], "the learning rate of schedules"),
    BlockOption(
      "epochs", .integer, .from(1, to: 100_000), default: "100", unit: "epochs", [.plot],
      "the length of schedules"),
    BlockOption("at", .numbers, [.graph], "the number that each variable stands for"),
    BlockOption(
      "pass", .word(["forward", "backward"]), default: "forward", [.diagram], isDisplay: true,
      "draws what flows forward, or what flows back"),
    BlockOption("input", .shape, [.diagram], "the shape of a sample, in place of `data`"),
    BlockOption(
      "look", .word(["boxes", "units"]), default: "boxes", [.diagram], isDisplay: true,
      "boxes for layers, or circles for units"),
    BlockOption(
      "digits", .integer, .from(1, to: 12), default: "4", [.trace, .graph], isDisplay: true,
      "significant digits of the numbers shown"),
    BlockOption(
      "axes", .names, [.dataset], isDisplay: true,
      "the two columns that the scatter plot shows; by default the first two"),
  ]

  private static let training: [BlockOption] = [
    BlockOption("data", .term(.dataset), networks, "the data set"),
    BlockOption(
      "test", .number, .from(0, below: 1), default: "0.2", [.train], "share of samples held out"),
    BlockOption(
      "standardise", .flag, default: "false", [.train, .signal, .check, .trace],
      "inputs (an image's channels) to mean 0 and variance 1 by the training samples"),
    BlockOption(
      "init", .term(.initializer), run,
      "the initializer of layers that name none; by default PyTorch's"),
    BlockOption(
      "loss", .term(.loss), run,
      "the loss; by default cross-entropy for classes, mean squared error for numbers"),
    BlockOption("optimizer", .term(.optimizer), default: "sgd", [.train, .trace], "the optimizer"),
    BlockOption(
      "schedule", .term(.schedule), default: "constant", [.train], "the learning rate's way"),
    BlockOption(
      "epochs", .integer, .from(1, to: 1_000_000), default: "100", unit: "epochs", [.train],
      "passes over the training samples"),
    BlockOption(
      "steps", .integer, .from(1, to: 100_000_000), unit: "steps", [.train],
      "updates, in place of `epochs`"),
    BlockOption(
      "batch", .integer, .from(1, to: 1_000_000), default: "32", unit: "samples", [.train],
      "samples of a step"),
    BlockOption(
      "batch", .integer, .from(1, to: 1_000_000), default: "256", unit: "samples", [.signal],
      "samples pushed through"),
    BlockOption(
      "batch", .integer, .from(1, to: 4096), default: "8", unit: "samples", [.check],
      "samples that the gradients are of"),
    BlockOption(
      "batch", .integer, .from(1, to: 64), default: "2", unit: "samples", [.trace],
      "samples, the first of the data"),
    BlockOption("clip", .number, .above(0), [.train], "largest norm of a step's gradient"),
    BlockOption(
      "clip_value", .number, .above(0), [.train], "largest magnitude of a gradient's element"),
    BlockOption(
      "weight_decay", .number, .from(0, to: 10), [.train], "in place of the optimizer's own"),
    BlockOption(
      "pretrain", .term(.pretraining), [.train],
      "trains the layers one by one first, or the network on other data"),
    BlockOption(
      "pretrain_data", .term(.dataset), [.train], "the other data of `pretrain: transfer`"),
    BlockOption("stop", .term(.stopping), [.train], "ends the training early"),
    BlockOption(
      "seed", .integer, .from(0, to: 4_294_967_295), default: "1",
      run + [.dataset, .diagram], "names the random numbers"),
  ]

  private static let many: [BlockOption] = [
    BlockOption(
      "vary", .variables, Verb.allCases.filter { $0 != .list }, "values for each variable"),
    BlockOption(
      "slider", .text, [.plot, .train, .signal], isDisplay: true,
      "the variable, or `epoch`, that a slider turns"),
    BlockOption(
      "repeats", .integer, .from(1, to: 100), default: "1", [.train, .signal],
      "seeds to run, from `seed` on; curves get a band"),
  ]

  private static let displayOptions: [BlockOption] = [
    BlockOption(
      "show", .show, Verb.allCases.filter { !Show.words(for: $0).isEmpty },
      "what is shown, in this order"),
    BlockOption(
      "scale", .word(["auto", "linear", "log"]), default: "auto", [.train, .signal],
      isDisplay: true, "the axis of losses, variances and norms"),
    BlockOption(
      "expect", .claims, Verb.allCases.filter { $0 != .list }, isDisplay: true,
      "claims that fail the build when they do not hold"),
    BlockOption("caption", .text, Verb.allCases, isDisplay: true, "words under the figure"),
    BlockOption(
      "alt", .text, Verb.allCases, isDisplay: true,
      "words for those who cannot see the figure, in place of those made from its data"),
    BlockOption(
      "width", .integer, .from(160, to: 2000), unit: "pixels", Verb.allCases, isDisplay: true,
      "width of a panel"),
    BlockOption(
      "height", .integer, .from(80, to: 2000), unit: "pixels", Verb.allCases, isDisplay: true,
      "height of a plot"),
    BlockOption(
      "echo", .word(["false", "true", "folded"]), Verb.allCases, isDisplay: true,
      "shows the block's text above its result; by default as the site says"),
    BlockOption(
      "limit", .number, .above(0), unit: "operations", Verb.allCases, isDisplay: true,
      "what the block may cost, up to what the site allows an article; by default as the site says"),
  ]
}
