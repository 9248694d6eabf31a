extension Registry {
  static let layers: [RegistryEntry] = [
    RegistryEntry(
      .layer, "dense", aliases: ["linear", "fully_connected"],
      "every output depends on every input",
      formula: #"y = Wx+b"#,
      [
        .integer("units", nil, 1...1_000_000, "outputs", positional: true, required: true),
        .flag("bias", true, "adds b"),
        .initializer("init", "initializer of this layer's weights"),
        .initializer("bias_init", "initializer of this layer's biases"),
      ]),
    RegistryEntry(
      .layer, "conv", aliases: ["conv2d", "convolution"],
      "the same small filters at every position of an image",
      formula: #"y_{o,i,j} = b_o+\sum_{c,p,q} W_{o,c,p,q}\,x_{c,\,si+dp-P,\,sj+dq-P}"#,
      [
        .integer("filters", nil, 1...65_536, "output channels", positional: true, required: true)
      ] + window(kernel: 3, strideSummary: "step between positions") + [
        .integer("dilation", 1, 1...64, "distance between the taps of a filter", unit: "pixels"),
        .integer("groups", 1, 1...65_536, "independent groups of channels"),
        .flag("bias", true, "adds b"),
        .initializer("init", "initializer of this layer's weights"),
        .initializer("bias_init", "initializer of this layer's biases"),
      ]),
    RegistryEntry(
      .layer, "depthwise_conv", aliases: ["depthwise"], "one filter for each channel",
      formula: #"y_{c,i,j} = b_c+\sum_{p,q} W_{c,p,q}\,x_{c,\,si+dp-P,\,sj+dq-P}"#,
      window(kernel: 3, strideSummary: "step between positions") + [
        .integer("dilation", 1, 1...64, "distance between the taps of a filter", unit: "pixels"),
        .flag("bias", true, "adds b"),
        .initializer("init", "initializer of this layer's weights"),
        .initializer("bias_init", "initializer of this layer's biases"),
      ]),
    RegistryEntry(
      .layer, "conv_transpose", aliases: ["deconv", "conv_transpose2d"],
      "the transpose of a convolution: a small image to a larger one",
      formula: #"y_{o,\,si+p-P,\,sj+q-P} \mathrel{+}= W_{c,o,p,q}\,x_{c,i,j}"#,
      [
        .integer("filters", nil, 1...65_536, "output channels", positional: true, required: true)
      ] + window(kernel: 3, strideSummary: "step between positions of the output") + [
        .integer("output_padding", 0, 0...64, "rows and columns added at one side", unit: "pixels"),
        .flag("bias", true, "adds b"),
        .initializer("init", "initializer of this layer's weights"),
        .initializer("bias_init", "initializer of this layer's biases"),
      ]),
    RegistryEntry(
      .layer, "max_pool", aliases: ["max_pool2d", "maxpool"], "the largest value of each window",
      formula: #"y_{c,i,j} = \max_{p,q} x_{c,\,si+p-P,\,sj+q-P}"#,
      pool + [
        .integer("dilation", 1, 1...64, "distance between the window's pixels", unit: "pixels")
      ]),
    RegistryEntry(
      .layer, "avg_pool", aliases: ["avg_pool2d", "avgpool"], "the mean of each window",
      formula: #"y_{c,i,j} = \tfrac{1}{k^2}\sum_{p,q} x_{c,\,si+p-P,\,sj+q-P}"#,
      pool + [.flag("count_padding", true, "padding counts as zeros in the mean")]),
    RegistryEntry(
      .layer, "global_avg_pool", "the mean of each channel",
      formula: #"y_c = \tfrac{1}{HW}\sum_{i,j} x_{c,i,j}"#),
    RegistryEntry(.layer, "flatten", "an image or a sequence as one row", formula: "y = x"),
    RegistryEntry(
      .layer, "reshape", "a row as an image or a sequence", formula: "y = x",
      [
        .numbers(
          "shape", nil, .atLeast(1), "C, H, W or steps, features", positional: true, required: true)
      ]),
    RegistryEntry(
      .layer, "dropout", "drops random units during training",
      formula: #"y = \frac{m\odot x}{1-p},\ m\sim\operatorname{Bernoulli}(1-p)"#,
      [.number("p", 0.5, .from(0, below: 1), "dropout rate", positional: true)]),
    RegistryEntry(
      .layer, "alpha_dropout", "dropout that keeps mean and variance, for selu",
      formula: #"y = a(m\odot x+(1-m)\alpha')+b"#,
      [.number("p", 0.1, .from(0, below: 1), "dropout rate", positional: true)]),
    RegistryEntry(
      .layer, "batch_norm", "each channel to mean 0 and variance 1 over the batch",
      formula: #"y = \gamma\frac{x-\mu_B}{\sqrt{\sigma_B^2+\varepsilon}}+\beta"#,
      [
        .number("momentum", 0.1, .from(0, to: 1), "weight of a batch in the running statistics"),
        .number("epsilon", 1e-5, .above(0), "added to the variance"),
      ]),
    RegistryEntry(
      .layer, "layer_norm", "each sample to mean 0 and variance 1 over its features",
      formula: #"y = \gamma\frac{x-\mu}{\sqrt{\sigma^2+\varepsilon}}+\beta"#,
      [.number("epsilon", 1e-5, .above(0), "added to the variance")]),
    RegistryEntry(
      .layer, "group_norm", "groups of channels of each sample to mean 0 and variance 1",
      formula: #"y = \gamma\frac{x-\mu_g}{\sqrt{\sigma_g^2+\varepsilon}}+\beta"#,
      [
        .integer("groups", 1, 1...65_536, "groups of channels", positional: true),
        .number("epsilon", 1e-5, .above(0), "added to the variance"),
      ]),
    RegistryEntry(
      .layer, "instance_norm", "each channel of each sample to mean 0 and variance 1",
      formula: #"y = \gamma\frac{x-\mu_c}{\sqrt{\sigma_c^2+\varepsilon}}+\beta"#,
      [.number("epsilon", 1e-5, .above(0), "added to the variance")]),
    RegistryEntry(
      .layer, "rms_norm", "each sample to mean square 1",
      formula: #"y = \gamma\frac{x}{\sqrt{\overline{x^2}+\varepsilon}}"#,
      [.number("epsilon", 1e-6, .above(0), "added to the mean square")]),
    RegistryEntry(
      .layer, "embedding", "a trained vector for each symbol", formula: #"y_t = W_{x_t}"#,
      [
        .integer("size", nil, 1...65_536, "length of a vector", positional: true, required: true),
        .integer("symbols", nil, 1...10_000_000, "number of symbols; by default that of the data"),
        .initializer("init", "initializer of the vectors"),
      ]),
    RegistryEntry(
      .layer, "rnn", aliases: ["elman"], "a simple recurrent cell",
      formula: #"h_t = \tanh(W_{ih}x_t+b_{ih}+W_{hh}h_{t-1}+b_{hh})"#, recurrent),
    RegistryEntry(
      .layer, "lstm", "long short-term memory",
      formula:
        #"\begin{aligned}i,f,o&=\sigma(\cdot),\ g=\tanh(\cdot)\\ c_t&=f\odot c_{t-1}+i\odot g\\ h_t&=o\odot\tanh c_t\end{aligned}"#,
      recurrent),
    RegistryEntry(
      .layer, "gru", "the gated recurrent unit",
      formula:
        #"\begin{aligned}r,z&=\sigma(\cdot)\\ n&=\tanh(W_{in}x_t+b_{in}+r\odot(W_{hn}h_{t-1}+b_{hn}))\\ h_t&=(1-z)\odot n+z\odot h_{t-1}\end{aligned}"#,
      recurrent),
    RegistryEntry(
      .layer, "attention", aliases: ["self_attention", "multi_head_attention"],
      "every step attends to every step",
      formula: #"\operatorname{softmax}\left(\tfrac{QK^\top}{\sqrt d}\right)V\,W_o"#,
      [
        .integer(
          "heads", 1, 1...256, "heads, each over an equal part of the features", positional: true),
        .flag("causal", false, "a step does not attend to later ones"),
        .initializer("init", "initializer of the four matrices"),
      ]),
    RegistryEntry(
      .layer, "position", aliases: ["positional_encoding"],
      "adds sinusoids that encode the position of a step",
      formula:
        #"y_{t,2i} = x_{t,2i}+\sin\tfrac{t}{10000^{2i/d}},\quad y_{t,2i+1} = x_{t,2i+1}+\cos\tfrac{t}{10000^{2i/d}}"#
    ),
    RegistryEntry(
      .layer, "each", aliases: ["time_distributed"], "one dense layer for every step of a sequence",
      formula: #"y_t = Wx_t+b"#,
      [
        .integer("units", nil, 1...65_536, "outputs of a step", positional: true, required: true),
        .flag("bias", true, "adds b"),
        .initializer("init", "initializer of this layer's weights"),
        .initializer("bias_init", "initializer of this layer's biases"),
      ]),
    RegistryEntry(.layer, "last_step", "the last step of a sequence", formula: #"y = x_T"#),
    RegistryEntry(
      .layer, "mean_step", "the mean of a sequence's steps",
      formula: #"y = \tfrac1T\sum_t x_t"#),
    RegistryEntry(
      .layer, "scale", "multiplies by one trained number", formula: #"y = \alpha x"#,
      [.number("value", 1, nil, "α at the start", positional: true)]),
    RegistryEntry(
      .layer, "shift", "adds one trained number", formula: #"y = x+\beta"#,
      [.number("value", 0, nil, "β at the start", positional: true)]),
  ]

  private static func window(kernel: Int?, strideSummary: String) -> [Parameter] {
    [
      .integer(
        "kernel", kernel, 1...64, "height and width of a filter", positional: true,
        required: kernel == nil, unit: "pixels"),
      .integer("stride", 1, 1...64, strideSummary, unit: "pixels"),
      .integer(
        "padding", nil, 0...64,
        "zeros around the image; by default so many that its size stays the same at stride 1",
        unit: "pixels"),
    ]
  }

  private static let pool: [Parameter] = [
    .integer("size", 2, 1...64, "height and width of a window", positional: true, unit: "pixels"),
    .integer("stride", nil, 1...64, "step between windows; by default their size", unit: "pixels"),
    .integer("padding", 0, 0...32, "rows and columns added around the image", unit: "pixels"),
    .flag("ceil", false, "keeps a window that begins inside the image and ends outside"),
  ]

  private static let recurrent: [Parameter] = [
    .integer("units", nil, 1...65_536, "size of the state", positional: true, required: true),
    .choice("output", ["all", "last"], "the state after every step, or after the last"),
    .initializer("init", "initializer of this layer's weights"),
  ]
}
