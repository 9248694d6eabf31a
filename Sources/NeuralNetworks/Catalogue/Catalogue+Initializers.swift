extension Catalogue {
  static let initializers: [Entry] = [
    Entry(.initializer, "zeros", "all 0: every unit of a layer stays the same", formula: "0"),
    Entry(.initializer, "ones", "all 1", formula: "1"),
    Entry(
      .initializer, "constant", "all the same number", formula: "c",
      [.number("value", 0, nil, "the number c", positional: true)]),
    Entry(
      .initializer, "values", "numbers written down, row after row", formula: #"w_{ij}"#,
      [.numbers("values", nil, nil, "the numbers", positional: true, required: true)]),
    Entry(
      .initializer, "normal", aliases: ["gaussian", "random_normal"], "a bell of a fixed width",
      formula: #"N(\mu, \sigma^2)"#, spread),
    Entry(
      .initializer, "uniform", aliases: ["random_uniform"], "evenly between two numbers",
      formula: "U(a, b)",
      [
        .number("low", -0.05, nil, "the lower end a", positional: true),
        .number("high", 0.05, nil, "the upper end b", positional: true),
      ]),
    Entry(
      .initializer, "truncated_normal", "a bell, drawn again beyond two standard deviations",
      formula: #"N(\mu, \sigma^2),\ |w-\mu|\le 2\sigma"#, spread),
    Entry(
      .initializer, "lecun_normal", "a bell that keeps the variance of linear layers",
      formula: #"N\left(0, \tfrac{1}{n_\text{in}}\right)"#, [truncation]),
    Entry(
      .initializer, "lecun_uniform", "an interval that keeps the variance of linear layers",
      formula: #"U\left(\pm\sqrt{\tfrac{3}{n_\text{in}}}\right)"#),
    Entry(
      .initializer, "glorot_normal", aliases: ["xavier_normal"],
      "a bell between what keeps values and what keeps gradients",
      formula: #"N\left(0, \tfrac{2g^2}{n_\text{in}+n_\text{out}}\right)"#,
      [gain, activationGain, truncation]),
    Entry(
      .initializer, "glorot_uniform", aliases: ["xavier_uniform", "xavier", "glorot"],
      "an interval between what keeps values and what keeps gradients",
      formula: #"U\left(\pm g\sqrt{\tfrac{6}{n_\text{in}+n_\text{out}}}\right)"#,
      [gain, activationGain]),
    Entry(
      .initializer, "he_normal", aliases: ["kaiming_normal", "msra", "he", "kaiming"],
      "a bell that keeps the variance through rectifiers",
      formula: #"N\left(0, \tfrac{2}{(1+a^2)\,n}\right)"#, [slope, mode, truncation]),
    Entry(
      .initializer, "he_uniform", aliases: ["kaiming_uniform"],
      "an interval that keeps the variance through rectifiers",
      formula: #"U\left(\pm\sqrt{\tfrac{6}{(1+a^2)\,n}}\right)"#, [slope, mode]),
    Entry(
      .initializer, "variance_scaling", "the family of the three above",
      formula: #"\operatorname{Var} w = \tfrac{s}{n}"#,
      [
        .number("scale", 1, .above(0), "the scale s", positional: true),
        .choice("mode", ["fan_in", "fan_out", "fan_avg"], "which n"),
        .choice(
          "distribution", ["truncated_normal", "untruncated_normal", "uniform"],
          "the form of the draw"),
      ]),
    Entry(
      .initializer, "torch_default", aliases: ["pytorch"], "what PyTorch gives a layer unasked",
      formula: #"U\left(\pm\tfrac{1}{\sqrt{n_\text{in}}}\right)"#),
    Entry(
      .initializer, "orthogonal", "a random rotation: lengths are kept exactly",
      formula: #"W^\top W = g^2 I"#, [gain, activationGain]),
    Entry(
      .initializer, "delta_orthogonal",
      "a rotation of the channels at a filter's centre, 0 around it",
      formula: #"W_{\text{centre}}^\top W_{\text{centre}} = g^2 I"#, [gain, activationGain]),
    Entry(
      .initializer, "identity", aliases: ["eye"], "ones on the diagonal", formula: "g I",
      [gain, activationGain]),
    Entry(
      .initializer, "dirac", "filters that pass their channel on", formula: #"\delta"#,
      [.integer("groups", 1, 1...65_536, "groups of channels", positional: true)]),
    Entry(
      .initializer, "sparse", "most of a column's weights 0, the others from a bell",
      formula: #"\lceil s\,n_\text{out}\rceil\ \text{zeros},\ N(0,\sigma^2)"#,
      [
        .number("sparsity", 0.9, .from(0, to: 1), "share of zeros s", positional: true),
        .number("std", 0.01, .atLeast(0), "σ of the others"),
      ]),
    Entry(
      .initializer, "siren", "for sine layers",
      formula:
        #"U\left(\pm\tfrac{1}{n_\text{in}}\right)\text{ first},\ U\left(\pm\tfrac{\sqrt{6/n_\text{in}}}{\omega_0}\right)"#,
      [.number("omega", 30, .above(0), "frequency ω₀ of the sines", positional: true)]),
    Entry(
      .initializer, "lsuv", "orthogonal, then scaled layer by layer until a batch has variance 1",
      formula: #"W \leftarrow W/\operatorname{std}(y)"#,
      [
        .number("tolerance", 0.1, .above(0), "how far from 1 the variance may be"),
        .integer("tries", 10, 1...1000, "scalings of a layer at most"),
      ]),
    Entry(
      .initializer, "fixup", "for residual branches without normalisation",
      formula: #"L^{-1/(2m-2)}\,\text{he},\ \text{last of a branch } 0"#),
  ]

  private static let gain = Parameter.number(
    "gain", nil, .above(0),
    "factor g; by default 1",
    positional: true)
  private static let activationGain = Parameter.flag(
    "activation_gain", false, "g is what the next activation asks for")
  private static let slope = Parameter.number(
    "slope", 0, nil, "slope a of a leaky rectifier's negative side", positional: true)
  private static let mode = Parameter.choice(
    "mode", ["fan_in", "fan_out", "fan_avg"], "which n: inputs, outputs or their mean")
  private static let truncation = Parameter.flag(
    "truncated", false, "drawn again beyond two standard deviations, as Keras does")
  private static let spread: [Parameter] = [
    .number("std", 0.05, .atLeast(0), "standard deviation σ", positional: true),
    .number("mean", 0, nil, "mean μ", positional: true),
  ]
}
