extension Catalogue {
  static let optimizers: [Entry] = [
    Entry(
      .optimizer, "sgd", aliases: ["momentum"],
      "steps against the gradient, with momentum if asked",
      formula: #"v \leftarrow \mu v+(1-d)g,\quad w \leftarrow w-\eta v"#,
      [
        rate(0.01),
        .number("momentum", 0, .from(0, below: 1), "μ: how much of the last step goes on"),
        .number("dampening", 0, .from(0, to: 1), "d: how much less the gradient counts then"),
        .flag("nesterov", false, "looks ahead along the momentum"), decay(0),
        .flag("maximize", false, "climbs instead of descending"),
      ]),
    Entry(
      .optimizer, "adagrad", "a rate for each weight that only shrinks",
      formula: #"s \leftarrow s+g^2,\quad w \leftarrow w-\tfrac{\eta g}{\sqrt s+\varepsilon}"#,
      [
        rate(0.01), .number("lr_decay", 0, .atLeast(0), "fall of the rate over the steps"),
        decay(0),
        .number("initial_accumulator", 0, .atLeast(0), "s at the start"), epsilon(1e-10),
      ]),
    Entry(
      .optimizer, "rmsprop", "a rate for each weight by the recent size of its gradient",
      formula:
        #"v \leftarrow \alpha v+(1-\alpha)g^2,\quad w \leftarrow w-\tfrac{\eta g}{\sqrt v+\varepsilon}"#,
      [
        rate(0.01), .number("alpha", 0.99, .from(0, below: 1), "memory of the mean square"),
        epsilon(1e-8), decay(0), .number("momentum", 0, .from(0, below: 1), "momentum"),
        .flag("centered", false, "divides by the standard deviation"),
      ]),
    Entry(
      .optimizer, "adam", "momentum and a rate for each weight",
      formula: #"w \leftarrow w-\eta\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
      [rate(0.001)] + betas + [epsilon(1e-8), decay(0), amsgrad]),
    Entry(
      .optimizer, "amsgrad", "Adam whose denominator never shrinks",
      formula: #"w \leftarrow w-\eta\frac{\hat m}{\sqrt{\max\hat v}+\varepsilon}"#,
      [rate(0.001)] + betas + [epsilon(1e-8), decay(0)]),
    Entry(
      .optimizer, "adamw", "Adam with weight decay apart from the gradient",
      formula: #"w \leftarrow (1-\eta\lambda)w-\eta\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
      [rate(0.001)] + betas + [epsilon(1e-8), decay(0.01), amsgrad]),
    Entry(
      .optimizer, "adamax", "Adam by the largest gradient",
      formula:
        #"u \leftarrow \max(\beta_2u, |g|+\varepsilon),\quad w \leftarrow w-\eta\frac{\hat m}{u}"#,
      [rate(0.002)] + betas + [epsilon(1e-8), decay(0)]),
    Entry(
      .optimizer, "nadam", "Adam that looks ahead",
      formula:
        #"w \leftarrow w-\eta\frac{\mu_{t+1}\hat m+(1-\mu_t)\hat g}{\sqrt{\hat v}+\varepsilon}"#,
      [rate(0.002)] + betas + [
        epsilon(1e-8), decay(0),
        .number("momentum_decay", 0.004, .atLeast(0), "fall of the momentum"), decoupled,
      ]),
    Entry(
      .optimizer, "radam", "Adam that waits until it knows the variance",
      formula: #"w \leftarrow w-\eta\,r_t\frac{\hat m}{\sqrt{\hat v}+\varepsilon}"#,
      [rate(0.001)] + betas + [epsilon(1e-8), decay(0), decoupled]),
    Entry(
      .optimizer, "adadelta", "steps in the weights' own units",
      formula: #"w \leftarrow w-\eta\frac{\sqrt{u+\varepsilon}}{\sqrt{v+\varepsilon}}g"#,
      [
        rate(1), .number("rho", 0.9, .from(0, below: 1), "memory of both means"), epsilon(1e-6),
        decay(0),
      ]),
    Entry(
      .optimizer, "rprop", "only the gradient's sign, with a step for each weight",
      formula: #"w \leftarrow w-\Delta\operatorname{sign} g"#,
      [
        rate(0.01),
        .number("eta_minus", 0.5, .from(0, below: 1), "factor when the sign changes"),
        .number("eta_plus", 1.2, .atLeast(1), "factor while it does not"),
        .number("step_min", 1e-6, .above(0), "smallest step"),
        .number("step_max", 50, .above(0), "largest step"),
      ]),
    Entry(
      .optimizer, "asgd", "gradient descent and the mean of where it has been",
      formula: #"\bar w \leftarrow \bar w+\mu_t(w-\bar w)"#,
      [
        rate(0.01), .number("lambda", 1e-4, .atLeast(0), "decay term"),
        .number("alpha", 0.75, .atLeast(0), "exponent of the rate's fall"),
        .number("t0", 1e6, .atLeast(0), "step at which averaging begins"), decay(0),
      ]),
    Entry(
      .optimizer, "lbfgs", "the curvature from the last steps' gradients; full batches",
      formula: #"w \leftarrow w-\eta H g"#,
      [
        rate(1), .integer("iterations", 20, 1...1000, "inner iterations of a step"),
        .integer("history", 100, 1...1000, "steps remembered"),
        .number("tolerance_gradient", 1e-7, .atLeast(0), "gradient at which it ends"),
        .number("tolerance_change", 1e-9, .atLeast(0), "change at which it ends"),
        .choice("line_search", ["none", "strong_wolfe"], "how far to go along a direction"),
      ]),
    Entry(
      .optimizer, "quickprop", "a parabola for each weight, by Fahlman",
      formula: #"\Delta \leftarrow \frac{g}{g'-g}\Delta'"#,
      [
        rate(0.01), .number("mu", 1.75, .above(0), "largest growth of a step"),
        decay(0),
      ]),
    Entry(
      .optimizer, "lion", "the sign of the momentum",
      formula: #"w \leftarrow w-\eta\operatorname{sign}(\beta_1m+(1-\beta_1)g)"#,
      [
        rate(1e-4), .number("beta1", 0.9, .from(0, below: 1), "weight of the past in a step"),
        .number("beta2", 0.99, .from(0, below: 1), "memory of the momentum"), decay(0),
      ]),
    Entry(
      .optimizer, "adabelief", "Adam by how much the gradient surprises",
      formula: #"v \leftarrow \beta_2v+(1-\beta_2)(g-m)^2+\varepsilon"#,
      [rate(0.001)] + betas + [epsilon(1e-16), decay(0)]),
    Entry(
      .optimizer, "yogi", "Adam whose mean square moves by a bounded amount",
      formula: #"v \leftarrow v-(1-\beta_2)\operatorname{sign}(v-g^2)g^2"#,
      [rate(0.01)] + betas + [epsilon(1e-3), decay(0)]),
    Entry(
      .optimizer, "signsgd", aliases: ["sign_sgd"], "only the gradient's sign",
      formula: #"w \leftarrow w-\eta\operatorname{sign} g"#,
      [rate(0.001), .number("momentum", 0, .from(0, below: 1), "momentum"), decay(0)]),
    Entry(
      .optimizer, "sam", "looks for flat minima: the gradient a small step uphill",
      formula: #"g = \nabla L\left(w+\rho\tfrac{\nabla L}{\lVert\nabla L\rVert}\right)"#,
      [
        rate(0.01), .number("rho", 0.05, .above(0), "length of the step uphill"),
        .number("momentum", 0.9, .from(0, below: 1), "momentum of the step downhill"), decay(0),
      ]),
    Entry(
      .optimizer, "genetic", "no gradient: a population, selection, crossover and mutation",
      formula: #"w \leftarrow \operatorname{crossover}(w_a, w_b)+\sigma\xi"#,
      [
        .integer("population", 50, 4...10_000, "networks in the population", positional: true),
        .integer("tournament", 3, 2...100, "how many compete to be a parent"),
        .number("crossover", 0.5, .atLeast(0), "α of the blend of two parents"),
        .number("mutation", 0.1, .from(0, to: 1), "share of weights that change"),
        .number("sigma", 0.3, .above(0), "size of a change"),
        .integer("elite", 2, 0...100, "best networks that live on unchanged"),
      ]),
    Entry(
      .optimizer, "cma_es", aliases: ["cmaes"],
      "no gradient: a bell over the weights that learns its own shape",
      formula: #"w_i \sim N(m, \sigma^2C)"#,
      [
        .number("sigma", 0.5, .above(0), "width at the start", positional: true),
        .integer("population", nil, 4...10_000, "draws of a generation; by default 4+⌊3 ln n⌋"),
        .choice(
          "covariance", ["auto", "full", "diagonal"],
          "the whole matrix, or its diagonal; by default the whole up to 500 weights"),
      ]),
  ]

  private static func rate(_ value: Double) -> Parameter {
    .number("rate", value, .atLeast(0), "learning rate η", positional: true)
  }
  private static func decay(_ value: Double) -> Parameter {
    .number("weight_decay", value, .atLeast(0), "weight decay λ")
  }
  private static func epsilon(_ value: Double) -> Parameter {
    .number("epsilon", value, .atLeast(0), "kept away from division by 0")
  }
  private static let betas: [Parameter] = [
    .number("beta1", 0.9, .from(0, below: 1), "memory of the mean"),
    .number("beta2", 0.999, .from(0, below: 1), "memory of the mean square"),
  ]
  private static let amsgrad = Parameter.flag("amsgrad", false, "the denominator never shrinks")
  private static let decoupled = Parameter.flag(
    "decoupled", false, "weight decay apart from the gradient")
}
