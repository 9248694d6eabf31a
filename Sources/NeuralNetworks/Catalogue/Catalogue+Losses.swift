extension Catalogue {
  static let losses: [Entry] = [
    Entry(
      .loss, "mse", aliases: ["mean_squared_error", "l2"], "the mean squared error",
      formula: "(p-y)^2", derivative: "2(p-y)"),
    Entry(
      .loss, "half_mse", "half the squared error of a sample, as textbooks write it",
      formula: #"\tfrac12\sum_k(p_k-y_k)^2"#, derivative: "p-y"),
    Entry(
      .loss, "mae", aliases: ["l1", "mean_absolute_error"], "the mean absolute error",
      formula: "|p-y|", derivative: #"\operatorname{sign}(p-y)"#),
    Entry(
      .loss, "huber", "squared near 0, absolute far away",
      formula:
        #"\begin{cases}\tfrac12 e^2 & |e|\le\delta\\ \delta(|e|-\tfrac\delta2) & |e|>\delta\end{cases}"#,
      derivative: #"\max(-\delta, \min(\delta, e))"#,
      [.number("delta", 1, .above(0), "where one goes over into the other", positional: true)]),
    Entry(
      .loss, "smooth_l1", "the Huber loss over its δ",
      formula:
        #"\begin{cases}\tfrac{e^2}{2\beta} & |e|<\beta\\ |e|-\tfrac\beta2 & |e|\ge\beta\end{cases}"#,
      derivative: #"\max(-1, \min(1, e/\beta))"#,
      [.number("beta", 1, .above(0), "where one goes over into the other", positional: true)]),
    Entry(
      .loss, "log_cosh", "squared near 0, absolute far away, smooth between",
      formula: #"\ln\cosh(p-y)"#, derivative: #"\tanh(p-y)"#),
    Entry(
      .loss, "bce", aliases: ["binary_cross_entropy", "log_loss"],
      "the cross-entropy of probabilities for two classes",
      formula: #"-y\ln p-(1-y)\ln(1-p)"#, derivative: #"\frac{p-y}{p(1-p)}"#),
    Entry(
      .loss, "bce_with_logits", aliases: ["bce_logits"],
      "the cross-entropy of a logit for two classes",
      formula: #"\max(x,0)-xy+\ln(1+e^{-|x|})"#, derivative: #"\sigma(x)-y"#,
      [
        .numbers("weight", nil, .atLeast(0), "weight of each output"),
        .numbers("pos_weight", nil, .atLeast(0), "weight of the positive class of each output"),
      ]),
    Entry(
      .loss, "cross_entropy", aliases: ["ce", "softmax_cross_entropy"],
      "the cross-entropy of logits for classes",
      formula: #"\ln\sum_j e^{x_j}-x_y"#, derivative: #"\operatorname{softmax}(x)_k-[k=y]"#,
      [
        .number(
          "smoothing", 0, .from(0, to: 1), "share of the target given to all classes alike",
          positional: true),
        .numbers("weight", nil, .atLeast(0), "weight of each class"),
      ]),
    Entry(
      .loss, "nll", "the negative logarithm of a class's probability, given logarithms",
      formula: #"-\ell_y"#, derivative: #"-[k=y]"#,
      [.numbers("weight", nil, .atLeast(0), "weight of each class")]),
    Entry(
      .loss, "kl_div", aliases: ["kl"],
      "the divergence from a target distribution, given logarithms",
      formula: #"q(\ln q-\ell)"#, derivative: "-q",
      [
        .flag("log_target", false, "the target is given as logarithms"),
        .choice("reduction", ["batch_mean", "mean"], "over samples or over all numbers"),
      ]),
    Entry(
      .loss, "hinge", "the margin loss of two classes", formula: #"\max(0, 1-yx)"#,
      derivative: #"-y[yx<1]"#),
    Entry(
      .loss, "squared_hinge", "the margin loss, squared", formula: #"\max(0, 1-yx)^2"#,
      derivative: #"-2y\max(0, 1-yx)"#),
    Entry(
      .loss, "soft_margin", "the logistic loss of two classes", formula: #"\ln(1+e^{-yx})"#,
      derivative: #"-y\,\sigma(-yx)"#),
    Entry(
      .loss, "hinge_embedding", "a distance itself, or the margin it lacks",
      formula: #"\begin{cases}x & y=1\\ \max(0, m-x) & y=-1\end{cases}"#,
      derivative: #"\begin{cases}1 & y=1\\ -[x<m] & y=-1\end{cases}"#,
      [.number("margin", 1, nil, "the margin m", positional: true)]),
    Entry(
      .loss, "multi_margin", "the margin loss of several classes",
      formula: #"\tfrac1K\sum_{k\ne y}\max(0, m-x_y+x_k)^p"#,
      [
        .choice("p", ["1", "2"], "the exponent p"),
        .number("margin", 1, nil, "the margin m", positional: true),
        .numbers("weight", nil, .atLeast(0), "weight of each class"),
      ]),
    Entry(
      .loss, "multi_label_soft_margin", "a logistic loss for each label",
      formula: #"-\tfrac1K\sum_k y_k\ln\sigma(x_k)+(1-y_k)\ln\sigma(-x_k)"#,
      derivative: #"\tfrac1K(\sigma(x)-y)"#),
    Entry(
      .loss, "poisson_nll", "the negative logarithm of a Poisson likelihood",
      formula: #"e^x-yx"#, derivative: #"e^x-y"#,
      [
        .flag("log_input", true, "the network gives the logarithm of the rate"),
        .flag("full", false, "adds Stirling's term"),
        .number("epsilon", 1e-8, .above(0), "kept away from ln 0"),
      ]),
    Entry(
      .loss, "gaussian_nll",
      "the negative logarithm of a bell's likelihood; the network gives means, then variances",
      formula: #"\tfrac12\left(\ln v+\tfrac{(p-y)^2}{v}\right)"#,
      [
        .flag("full", false, "adds the constant ½ ln 2π"),
        .number("epsilon", 1e-6, .above(0), "smallest variance"),
      ]),
    Entry(
      .loss, "cosine", aliases: ["cosine_similarity"], "one minus the cosine of the angle",
      formula: #"1-\frac{p\cdot y}{\lVert p\rVert\,\lVert y\rVert}"#),
    Entry(
      .loss, "cosine_embedding",
      "the angle between the output's two halves, pulled together or pushed apart",
      formula: #"\begin{cases}1-\cos & y=1\\ \max(0,\cos-m) & y=-1\end{cases}"#,
      [.number("margin", 0, .from(-1, to: 1), "the margin m", positional: true)]),
    Entry(
      .loss, "margin_ranking", "the order of the output's two halves",
      formula: #"\max(0, -y(x_1-x_2)+m)"#,
      [.number("margin", 0, nil, "the margin m", positional: true)]),
    Entry(
      .loss, "triplet_margin", aliases: ["triplet"],
      "the output's three thirds: an anchor, something alike, something else",
      formula: #"\max(0, \lVert a-p\rVert-\lVert a-n\rVert+m)"#,
      [.number("margin", 1, nil, "the margin m", positional: true)]),
    Entry(
      .loss, "focal", "cross-entropy that cares less for what is already right",
      formula: #"-(1-p_y)^\gamma\ln p_y"#,
      [.number("gamma", 2, .atLeast(0), "how much less", positional: true)]),
    Entry(
      .loss, "focal_binary", "the focal loss of a logit for two classes",
      formula: #"-\alpha_t(1-p_t)^\gamma\ln p_t"#,
      [
        .number("gamma", 2, .atLeast(0), "how much less it cares", positional: true),
        .number("alpha", 0.25, .from(0, to: 1), "weight of the positive class"),
      ]),
  ]
}
