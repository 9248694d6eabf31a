extension Registry {
  /// Functions of one number.
  static let activations = Activation.all.map { $0.entry }

  /// Functions of a whole row.
  static let vectorActivations: [RegistryEntry] = [
    RegistryEntry(
      .activation, "softmax", "positive numbers that add up to 1",
      formula: #"\frac{e^{x_i/T}}{\sum_j e^{x_j/T}}"#,
      derivative: #"y_i(\delta_{ij}-y_j)/T"#, range: "(0, 1)",
      [
        .number(
          "temperature", 1, .above(0), "temperature T: higher is more uniform", positional: true)
      ]),
    RegistryEntry(
      .activation, "log_softmax", "the logarithm of softmax",
      formula: #"x_i-\ln\sum_j e^{x_j}"#, derivative: #"\delta_{ij}-e^{y_j}"#,
      range: #"(-\infty, 0)"#),
    RegistryEntry(
      .activation, "softmin", "softmax of the negated inputs",
      formula: #"\frac{e^{-x_i}}{\sum_j e^{-x_j}}"#, derivative: #"-y_i(\delta_{ij}-y_j)"#,
      range: "(0, 1)"),
    RegistryEntry(
      .activation, "sparsemax", "numbers that add up to 1, many of them exactly 0",
      formula: #"\arg\min_{p\in\Delta}\lVert p-x\rVert^2"#,
      derivative: #"\delta_{ij}-\tfrac{1}{|S|},\ i,j\in S"#, range: "[0, 1]"),
    RegistryEntry(
      .activation, "maxout", "the largest of each group of inputs",
      formula: #"\max_{j<k} x_{ki+j}"#, derivative: #"[j=\arg\max]"#, range: #"(-\infty, \infty)"#,
      [.integer("pieces", 2, 1...1024, "inputs in a group, k", positional: true)]),
    RegistryEntry(
      .activation, "glu", "the first half times the logistic curve of the second",
      formula: #"a\,\sigma(b)"#, derivative: #"(\sigma(b),\ a\sigma(b)(1-\sigma(b)))"#,
      range: #"(-\infty, \infty)"#),
    RegistryEntry(
      .activation, "reglu", "the first half times the rectified second", formula: #"a\max(0,b)"#,
      derivative: #"(\max(0,b),\ a[b>0])"#, range: #"(-\infty, \infty)"#),
    RegistryEntry(
      .activation, "geglu", "the first half times the gelu of the second",
      formula: #"a\operatorname{gelu}(b)"#,
      derivative: #"(\operatorname{gelu}(b),\ a\operatorname{gelu}'(b))"#,
      range: #"(-\infty, \infty)"#),
    RegistryEntry(
      .activation, "swiglu", "the first half times the silu of the second",
      formula: #"a\operatorname{silu}(b)"#,
      derivative: #"(\operatorname{silu}(b),\ a\operatorname{silu}'(b))"#,
      range: #"(-\infty, \infty)"#),
    RegistryEntry(
      .activation, "bilinear", aliases: ["bilinear_glu"], "the first half times the second",
      formula: "ab", derivative: "(b,\\ a)", range: #"(-\infty, \infty)"#),
    RegistryEntry(
      .activation, "crelu", "the rectified inputs, then the rectified negated inputs",
      formula: #"(\max(0,x),\ \max(0,-x))"#, derivative: #"([x>0],\ -[x<0])"#,
      range: #"[0, \infty)"#),
    RegistryEntry(
      .activation, "bipolar_relu", aliases: ["brelu_bipolar"],
      "the rectifier at even indices, the negated rectifier of the negated input at odd ones",
      formula: #"\begin{cases}\max(0,x_i) & i\text{ even}\\ \min(0,x_i) & i\text{ odd}\end{cases}"#,
      derivative: #"\begin{cases}[x_i>0] & i\text{ even}\\ [x_i<0] & i\text{ odd}\end{cases}"#,
      range: #"(-\infty, \infty)"#),
  ]
}
