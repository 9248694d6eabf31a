extension Registry {
  static let schedules: [RegistryEntry] = [
    RegistryEntry(.schedule, "constant", "a constant rate", formula: #"\eta_0"#),
    RegistryEntry(
      .schedule, "step", "decreases by a factor every s epochs",
      formula: #"\eta_0\gamma^{\lfloor t/s\rfloor}"#,
      [
        .integer(
          "every", 10, 1...1_000_000, "epochs between decreases, s", positional: true,
          unit: "epochs"),
        .number("gamma", 0.1, .above(0), "factor γ", positional: true),
      ]),
    RegistryEntry(
      .schedule, "multistep", "decreases by a factor at given epochs",
      formula: #"\eta_0\gamma^{|\{m\le t\}|}"#,
      [
        .numbers("milestones", nil, .atLeast(0), "the epochs", positional: true, required: true),
        .number("gamma", 0.1, .above(0), "factor γ", positional: true),
      ]),
    RegistryEntry(
      .schedule, "exponential", "decreases by a factor every epoch", formula: #"\eta_0\gamma^t"#,
      [.number("gamma", 0.95, .above(0), "factor γ", positional: true)]),
    RegistryEntry(
      .schedule, "cosine", "half a cosine wave down",
      formula:
        #"\eta_\text{min}+\tfrac12(\eta_0-\eta_\text{min})\left(1+\cos\tfrac{\pi t}{T}\right)"#,
      [period("T; by default the whole training"), minimum]),
    RegistryEntry(
      .schedule, "warm_restarts", aliases: ["cosine_restarts"],
      "repeated half cosine waves down",
      formula:
        #"\eta_\text{min}+\tfrac12(\eta_0-\eta_\text{min})\left(1+\cos\tfrac{\pi t_i}{T_i}\right)"#,
      [
        .integer(
          "period", 10, 1...1_000_000, "length of the first wave", positional: true, unit: "epochs"),
        .integer(
          "factor", 1, 1...100, "length of each next wave over the one before", positional: true),
        minimum,
      ]),
    RegistryEntry(
      .schedule, "linear", "linear from one factor to another",
      formula: #"\eta_0\left(f_0+(f_1-f_0)\min(t/T, 1)\right)"#,
      [
        .number("start", 1.0 / 3, .atLeast(0), "factor at the start"),
        .number("end", 1, .atLeast(0), "factor at the end"),
        .integer("epochs", 5, 1...1_000_000, "T", positional: true, unit: "epochs"),
      ]),
    RegistryEntry(
      .schedule, "warmup", aliases: ["linear_warmup"], "a linear increase, then another schedule",
      formula: #"\eta_0\left(f+(1-f)\tfrac tT\right)"#,
      [
        .integer("epochs", 5, 1...1_000_000, "T", positional: true, unit: "epochs"),
        .choice("then", ["constant", "cosine"], "the schedule after it", positional: true),
        .number("start", 0.1, .from(0, to: 1), "factor at the start, f"), minimum,
      ]),
    RegistryEntry(
      .schedule, "hold", "a factor for some epochs, then the rate itself",
      formula: #"\eta_0f\ (t<T),\ \eta_0"#,
      [
        .number("factor", 1.0 / 3, .atLeast(0), "the factor f", positional: true),
        .integer("epochs", 5, 1...1_000_000, "T", positional: true, unit: "epochs"),
      ]),
    RegistryEntry(
      .schedule, "polynomial", "a power of the remaining fraction",
      formula: #"\eta_0\left(1-\tfrac tT\right)^p"#,
      [
        .number("power", 1, .atLeast(0), "the power p", positional: true),
        period("T; by default the whole training"),
      ]),
    RegistryEntry(
      .schedule, "inverse_time", "decreases as one over the time",
      formula: #"\frac{\eta_0}{1+\lambda t}"#,
      [.number("decay", 0.1, .atLeast(0), "the speed λ", positional: true)]),
    RegistryEntry(
      .schedule, "one_cycle", aliases: ["onecycle"],
      "increases in the first part, then decreases to almost 0; momentum inversely",
      [
        .number(
          "peak", nil, .above(0), "the maximum rate; by default the optimizer's", positional: true),
        .number("share", 0.3, .from(0, to: 1), "fraction of the training with an increasing rate"),
        .choice("anneal", ["cosine", "linear"], "shape of the curve"),
        .number("divisor", 25, .above(0), "maximum rate over the first"),
        .number("final_divisor", 1e4, .above(0), "first rate over the last"),
        .flag("three_phase", false, "back down to the first rate, then to the last"),
        .number("base_momentum", 0.85, .from(0, below: 1), "minimum momentum"),
        .number("max_momentum", 0.95, .from(0, below: 1), "maximum momentum"),
        .flag("cycle_momentum", false, "varies the momentum inversely"),
        period("steps of the cycle; by default the whole training"),
      ]),
    RegistryEntry(
      .schedule, "triangular", aliases: ["cyclic"], "linear increase and decrease in turns",
      formula: #"\eta_0+(\eta_1-\eta_0)\max(0, 1-x)"#,
      [
        .number("peak", nil, .above(0), "the maximum rate η₁", positional: true, required: true),
        .integer(
          "epochs", 5, 1...1_000_000, "from minimum to maximum", positional: true, unit: "epochs"),
      ]),
    RegistryEntry(
      .schedule, "plateau", "decreases by a factor when the loss stops decreasing",
      [
        .number("factor", 0.1, .from(0, below: 1), "the factor", positional: true),
        .integer(
          "patience", 10, 0...1_000_000, "epochs without progress to wait", positional: true,
          unit: "epochs"),
        .choice("mode", ["min", "max"], "monitors the loss (min) or the accuracy (max)"),
        .number("threshold", 1e-4, .atLeast(0), "minimum progress"),
        .choice("threshold_mode", ["rel", "abs"], "relative to the best, or absolute"),
        .integer("cooldown", 0, 0...1_000_000, "epochs to rest after a decrease", unit: "epochs"),
        .number("min_rate", 0, .atLeast(0), "minimum rate"),
      ]),
  ]

  private static func period(_ summary: String) -> Parameter {
    .integer("period", nil, 1...10_000_000, summary, positional: true, unit: "epochs")
  }
  private static let minimum = Parameter.number("minimum", 0, .atLeast(0), "the minimum rate")
}
