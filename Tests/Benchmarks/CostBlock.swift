import Storage

/// A block whose cost is dominated by one operation, with a count in its text.
struct CostBlock {
  var name: String
  /// The block's text, with `#` in place of the count.
  var pattern: String
  /// The maximum count, if the language has a bound.
  var most = 1 << 30

  func text(_ count: Int) -> String {
    pattern.split(separator: "#", omittingEmptySubsequences: false).joined(separator: "\(count)")
  }

  static let all = data + inspections + plain + layers + sequences + activations + trainings + shown

  /// Writes the data files of the blocks.
  static func writeFiles(to folder: String) throws {
    var table = "a,b,c,d,e,f,kind\n"
    for row in 0..<60_000 {
      table += (0..<6).map { "\((row * 7919 + $0 * 104_729) % 10_007)," }.joined() + "\(row % 3)\n"
    }
    try FileSystem.makeFolder(folder)
    try FileSystem.write(Array(table.utf8), to: folder + "/table.csv")
    let root = String(#filePath.dropLast("/Tests/Benchmarks/CostBlock.swift".count))
    try FileSystem.makeFolder(folder + "/data")
    try FileSystem.write(
      FileSystem.read(root + "/content/data/digits.csv"), to: folder + "/data/digits.csv")
  }

  private static let data: [CostBlock] = [
    CostBlock(name: "dataset: noise", pattern: "dataset: noise samples=# features=40"),
    CostBlock(name: "dataset: blobs", pattern: "dataset: blobs samples=# features=4 classes=3"),
    CostBlock(name: "dataset: moons", pattern: "dataset: moons samples=#"),
    CostBlock(name: "dataset: spirals", pattern: "dataset: spirals samples=# classes=3"),
    CostBlock(name: "dataset: checkerboard", pattern: "dataset: checkerboard samples=#"),
    CostBlock(name: "dataset: linear", pattern: "dataset: linear samples=# features=20"),
    CostBlock(name: "dataset: sine", pattern: "dataset: sine samples=#"),
    CostBlock(name: "dataset: friedman", pattern: "dataset: friedman samples=#"),
    CostBlock(name: "dataset: copy", pattern: "dataset: copy samples=# length=20 pause=10"),
    CostBlock(name: "dataset: csv", pattern: "dataset: csv table.csv", most: 1),
  ]

  private static let inspections: [CostBlock] = [
    CostBlock(name: "plot", pattern: "plot: [relu, gelu, mish, tanh]\npoints: #", most: 2000),
    CostBlock(
      name: "plot of schedules", pattern: "plot: [cosine, step, linear]\nepochs: #", most: 65536),
    CostBlock(
      name: "signal of depth",
      pattern: "signal: [{repeat #: [dense 128, tanh]}, dense 10]\nbatch: 128", most: 256),
    CostBlock(
      name: "signal of width", pattern: "signal: [dense #, tanh, dense 10]\nbatch: 256",
      most: 16384),
    CostBlock(
      name: "signal, orthogonal",
      pattern:
        "signal: [dense #, tanh, dense 10]\ninit: orthogonal\ndata: noise samples=64 features=512 classes=10\nbatch: 64",
      most: 1024),
    CostBlock(
      name: "signal, lsuv",
      pattern: "signal: [dense #, tanh, dense 512, tanh, dense 10]\ninit: lsuv\nbatch: 256",
      most: 8192),
    CostBlock(
      name: "check of a small network",
      pattern: "check: [{repeat #: [dense 8, tanh]}, dense 2]\ndata: moons samples=64\nbatch: 16",
      most: 128),
    CostBlock(
      name: "check of a wide network",
      pattern: "check: [dense #, tanh, dense 2]\ndata: moons samples=256\nbatch: 64", most: 65536),
    CostBlock(
      name: "check of a convolution",
      pattern:
        "check: [conv #, relu, global_avg_pool, dense 10]\ndata: digits samples=64\nbatch: 8",
      most: 1024),
    CostBlock(
      name: "trace", pattern: "trace: [dense #, tanh, dense 1]\ndata: moons samples=4\nbatch: 4",
      most: 64),
  ]

  /// Trainings of dense layers, dominated by products, by calls or by samples.
  private static let plain: [CostBlock] = [
    CostBlock(
      name: "dense, large",
      pattern:
        "train: [dense 1024, relu, dense 1024, relu, dense 10]\ndata: noise samples=512 features=256 classes=10\nbatch: 256\nepochs: #"
    ),
    CostBlock(
      name: "dense, medium",
      pattern:
        "train: [dense 128, relu, dense 128, relu, dense 10]\ndata: noise samples=512 features=64 classes=10\nbatch: 64\nepochs: #"
    ),
    CostBlock(
      name: "dense, small",
      pattern:
        "train: [dense 16, tanh, dense 16, tanh, dense 1]\ndata: moons samples=400\nbatch: 32\nepochs: #"
    ),
    CostBlock(
      name: "dense, one by one",
      pattern: "train: [dense 2, tanh, dense 1]\ndata: moons samples=500\nbatch: 1\nepochs: #"),
    CostBlock(name: "xor", pattern: "train: [dense 4, tanh, dense 1]\ndata: xor\nsteps: #"),
    CostBlock(
      name: "dense, narrow and deep",
      pattern:
        "train: [{repeat 30: [dense 16, tanh]}, dense 1]\ndata: moons samples=256\nbatch: 32\nepochs: #"
    ),
  ]

  /// A training of an image network that contains the layer.
  private static func image(
    _ name: String, _ layer: String, channels: Int = 16, side: Int = 16, batch: Int = 16
  ) -> CostBlock {
    CostBlock(
      name: name,
      pattern:
        "train: [\"reshape [\(channels), \(side), \(side)]\", \(layer), global_avg_pool, dense 2]\n"
        + "data: noise samples=64 features=\(channels * side * side)\nbatch: \(batch)\nepochs: #")
  }

  /// A training of a network on rows that contains the layer.
  private static func row(_ name: String, _ layer: String, width: Int = 512) -> CostBlock {
    CostBlock(
      name: name,
      pattern:
        "train: [\(layer), dense 2]\ndata: noise samples=256 features=\(width)\nbatch: 64\nepochs: #"
    )
  }

  private static func sequence(_ name: String, _ layer: String, _ steps: Int, _ features: Int)
    -> CostBlock
  {
    CostBlock(
      name: name,
      pattern: "train: [\"reshape [\(steps), \(features)]\", \(layer), mean_step, dense 2]\n"
        + "data: noise samples=64 features=\(steps * features)\nbatch: 16\nepochs: #")
  }

  private static let layers: [CostBlock] = [
    image("conv 3", "{repeat 3: [conv 32]}"),
    image("conv 5 of one channel", "conv 16 kernel=5", channels: 1, side: 28),
    image("conv with relu and max_pool", "conv 16, relu, max_pool, conv 32, relu, max_pool"),
    image("conv of stride 2", "conv 32 stride=2, conv 64 stride=2"),
    image("conv of groups", "{repeat 4: [conv 32 groups=8]}"),
    image("conv of one pixel", "{repeat 4: [conv 64 kernel=1]}"),
    image("conv of dilation 2", "{repeat 3: [conv 32 dilation=2]}"),
    image("depthwise_conv", "{repeat 6: [depthwise_conv]}"),
    image("conv_transpose", "conv_transpose 16 kernel=4 stride=2 padding=1"),
    image("conv_transpose of one pixel", "{repeat 4: [conv_transpose 16 kernel=1]}"),
    image("max_pool 3", "{repeat 6: [max_pool 3 stride=1 padding=1]}"),
    image("max_pool 2", "max_pool 2, max_pool 2", side: 64),
    image("max_pool 7", "{repeat 3: [max_pool 7 stride=1 padding=3]}"),
    image("max_pool of dilation 2", "{repeat 3: [max_pool 3 stride=1 dilation=2]}", side: 32),
    image("avg_pool 3", "{repeat 6: [avg_pool 3 stride=1 padding=1]}"),
    image("avg_pool 2", "avg_pool 2, avg_pool 2", side: 64),
    image("avg_pool beyond the edge", "{repeat 3: [avg_pool 3 stride=2 ceil=true]}", side: 64),
    image("global_avg_pool", "scale", side: 48),
    image("batch_norm of images", "{repeat 6: [batch_norm]}"),
    image("group_norm", "{repeat 6: [group_norm 4]}"),
    image("instance_norm", "{repeat 6: [instance_norm]}"),
    row("batch_norm of rows", "{repeat 6: [batch_norm]}"),
    row("layer_norm", "{repeat 6: [layer_norm]}"),
    row("rms_norm", "{repeat 6: [rms_norm]}"),
    row("dropout", "{repeat 6: [dropout 0.3]}"),
    row("alpha_dropout", "{repeat 6: [alpha_dropout 0.3]}"),
    row("scale and shift", "{repeat 3: [scale, shift 0.1]}"),
    row("residual", "{repeat 6: [{residual: [scale]}]}"),
    row("branches", "{repeat 2: [{branches add: [[], [scale], [shift]]}]}"),
    row("concatenation", "{branches: [[], [], [], []]}"),
    row("flatten", #"{repeat 4: ["reshape [8, 8, 8]", flatten]}"#),
    row("frozen", "{freeze: [dense 512, dense 512]}"),
  ]

  private static let sequences: [CostBlock] = [
    sequence("rnn", "rnn 32", 32, 16), sequence("rnn, wide", "rnn 256", 16, 64),
    sequence("gru", "gru 32", 32, 16), sequence("gru, wide", "gru 256", 16, 64),
    sequence("lstm", "lstm 32", 32, 16), sequence("lstm, wide", "lstm 256", 16, 64),
    sequence("lstm, tiny", "lstm 4", 64, 2),
    sequence("attention", "attention heads=4", 32, 64),
    sequence("attention, long", "attention heads=2", 256, 16),
    sequence("attention, causal", "attention heads=4 causal=true", 64, 32),
    sequence("attention, tiny", "attention heads=2", 8, 8),
    sequence("position", "{repeat 6: [position]}", 32, 32),
    sequence("each", "each 64, relu, each 64", 32, 32),
    sequence("mean_step", "scale", 64, 64),
    CostBlock(
      name: "last_step",
      pattern: "train: [\"reshape [64, 64]\", last_step, dense 2]\n"
        + "data: noise samples=64 features=4096\nbatch: 16\nepochs: #"),
    CostBlock(
      name: "embedding",
      pattern: "train: [embedding 64, each 6]\n"
        + "data: copy samples=64 length=10 pause=12\nbatch: 16\nepochs: #"),
  ]

  private static let activations: [CostBlock] =
    ["relu", "tanh", "gelu", "mish", "swish", "softplus", "elu", "sin"].map {
      row($0, "{repeat 6: [\($0)]}")
    } + [
      row("prelu", "{repeat 6: [prelu]}"), row("srelu", "{repeat 6: [srelu]}"),
      row("apl", "{repeat 6: [apl]}"), row("rrelu", "{repeat 6: [rrelu]}"),
      row("softmax", "{repeat 6: [softmax]}"), row("log_softmax", "{repeat 6: [log_softmax]}"),
      row("sparsemax", "{repeat 3: [sparsemax]}"), row("maxout", "maxout pieces=2", width: 2048),
      row("glu", "glu", width: 2048), row("swiglu", "swiglu", width: 2048),
      row("geglu", "geglu", width: 2048), row("crelu", "crelu", width: 1024),
      row("bipolar_relu", "{repeat 6: [bipolar_relu]}"),
      image("softmax of images", "{repeat 3: [softmax]}"),
    ]

  private static func optimizer(_ name: String, _ term: String) -> CostBlock {
    CostBlock(
      name: name,
      pattern:
        "train: [dense 512, relu, dense 256, relu, dense 2]\ndata: noise samples=64 features=128\nbatch: 4\nepochs: #\noptimizer: \(term)"
    )
  }

  private static let trainings: [CostBlock] =
    [
      "sgd momentum=0.9", "adam", "rmsprop", "adagrad", "adadelta", "lion", "rprop", "nadam",
      "radam", "yogi", "adabelief", "sam",
    ].map { optimizer($0, $0) } + [
      optimizer("sgd, clipped", "sgd\nclip: 1"), optimizer("adamw", "adam\nweight_decay: 0.01"),
      CostBlock(
        name: "lbfgs",
        pattern:
          "train: [dense 64, tanh, dense 2]\ndata: noise samples=64 features=64\nbatch: 64\nepochs: #\noptimizer: lbfgs"
      ),
      CostBlock(
        name: "genetic",
        pattern:
          "train: [dense 32, tanh, dense 2]\ndata: noise samples=64 features=16\nbatch: 64\nepochs: #\noptimizer: genetic"
      ),
      CostBlock(
        name: "cma_es, full",
        pattern:
          "train: [dense 8, tanh, dense 2]\ndata: noise samples=64 features=32\nbatch: 64\nepochs: #\noptimizer: cma_es"
      ),
      CostBlock(
        name: "cma_es, diagonal",
        pattern:
          "train: [dense 64, tanh, dense 2]\ndata: noise samples=64 features=32\nbatch: 64\nepochs: #\noptimizer: cma_es"
      ),
      CostBlock(
        name: "autoencoders first",
        pattern:
          "train: [dense 64, sigmoid, dense 2]\ndata: noise samples=256 features=64\nepochs: 1\nbatch: 32\npretrain: autoencoder epochs=#"
      ),
      CostBlock(
        name: "Boltzmann machines first",
        pattern:
          "train: [dense 64, sigmoid, dense 2]\ndata: noise samples=256 features=64\nepochs: 1\nbatch: 32\npretrain: rbm epochs=#"
      ),
      CostBlock(
        name: "transfer first",
        pattern:
          "train: [dense 64, sigmoid, dense 2]\ndata: noise samples=256 features=64\nepochs: 1\nbatch: 32\npretrain: transfer noise epochs=#\npretrain_data: noise samples=2000 features=64"
      ),
    ]
    + ["mse", "cross_entropy", "hinge", "focal", "kl_div"].map {
      CostBlock(
        name: "loss: \($0)",
        pattern:
          "train: [dense 10]\ndata: noise samples=2000 features=4 classes=10\nbatch: 200\nepochs: #\nloss: \($0)"
      )
    }

  private static func shows(_ show: String, _ network: String, _ data: String) -> CostBlock {
    CostBlock(
      name: "show: \(show)",
      pattern: "train: [\(network)]\ndata: \(data)\nbatch: 32\nepochs: #\nshow: [\(show)]",
      most: 2000)
  }

  private static let shown: [CostBlock] = [
    shows("loss", "dense 16, tanh, dense 16, tanh, dense 1", "moons samples=100"),
    shows("boundary", "dense 64, tanh, dense 64, tanh, dense 1", "moons samples=100"),
    shows("fit", "dense 64, tanh, dense 64, tanh, dense 1", "sine samples=100"),
    shows("gradients", "dense 64, tanh, dense 64, tanh, dense 1", "moons samples=100"),
    shows("landscape", "dense 32, tanh, dense 32, tanh, dense 1", "moons samples=400"),
    shows("confusion", "dense 32, tanh, dense 10", "blobs samples=400 features=4 classes=10"),
    CostBlock(
      name: "repeats",
      pattern: "train: [dense 8, tanh, dense 1]\ndata: moons samples=100\nepochs: 10\nrepeats: #",
      most: 64),
  ]
}
