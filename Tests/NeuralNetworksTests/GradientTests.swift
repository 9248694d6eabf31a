import NeuralNetworks
import Testing

/// Backpropagation against central differences, in Double.
struct GradientTests {
  private static func specification(_ network: [String], data: String) throws -> TrainingSpec {
    var spec = try Written.training(network, data: data)
    spec.initializer = try Written.term(.initializer, "glorot_normal")
    return spec
  }

  private static func check(_ spec: TrainingSpec, _ what: String) throws {
    let outcome = try Engine.check(spec, files: Written.files)
    #expect(outcome.worst < 1e-7, "\(what): \(outcome.rows.filter { $0.relativeError >= 1e-7 })")
    let checked = outcome.rows.reduce(0) { $0 + $1.count - $1.kinks }
    #expect(checked > 0, "\(what): every element is near a kink")
  }

  static let activations: [String] = Registry.entries(of: .activation)
    .filter { (try? $0.term()) != nil }.map(\.name)

  @Test(arguments: activations)
  func theGradientOfEveryActivationIsThatOfCentralDifferences(name: String) throws {
    let spec = try Self.specification(["dense 6", name, "dense 1"], data: "moons samples=24")
    let outcome = try Engine.check(spec, files: Written.files)
    #expect(outcome.rows.count >= 4)
    #expect(outcome.worst < 1e-7, "\(outcome.rows)")
    let checked = outcome.rows.reduce(0) { $0 + $1.count - $1.kinks }
    #expect(checked > 0, "every element is near a kink")
  }

  @Test(arguments: [
    (["conv 3 kernel=3", "tanh", "max_pool 2", "flatten", "dense 10"], "digits"),
    (["conv 4 kernel=3 stride=2", "batch_norm", "silu", "flatten", "dense 10"], "digits"),
    (
      ["conv 4 kernel=3 dilation=2", "group_norm 2", "gelu", "avg_pool 2", "flatten", "dense 10"],
      "digits"
    ),
    (["conv 4", "depthwise_conv 3", "tanh", "global_avg_pool", "dense 10"], "digits"),
    (["flatten", "dense 5", "layer_norm", "tanh", "dense 10"], "digits"),
    (["embedding 4", "rnn 5", "each 3", "tanh"], "copy"),
    (["embedding 4", "lstm 5"], "copy"),
    (["embedding 4", "gru 5"], "copy"),
    (["embedding 4", "attention 2"], "copy"),
  ])
  func theGradientOfEveryLayerIsThatOfCentralDifferences(
    network: [String], data: String
  ) throws {
    var spec = try Self.specification(network, data: data)
    if data == "copy" {
      // As many outputs as there are symbols, at every step.
      let symbols = try Engine.dataset(spec.data, seed: 1, files: Written.files).symbolCount
      spec.network.append(try Written.layer("each \(try #require(symbols))"))
    }
    let outcome = try Engine.check(spec, files: Written.files)
    #expect(outcome.worst < 1e-7, "\(outcome.rows.filter { $0.relativeError >= 1e-7 })")
  }

  /// A loss, the layers that give its outputs, and data whose targets have its form.
  static let losses: [(loss: String, network: [String], data: String)] = [
    ("mse", ["dense 1"], "linear features=3"), ("half_mse", ["dense 1"], "linear features=3"),
    ("mae", ["dense 1"], "linear features=3"), ("huber", ["dense 1"], "linear features=3"),
    ("smooth_l1", ["dense 1"], "linear features=3"),
    ("log_cosh", ["dense 1"], "linear features=3"),
    ("bce", ["dense 1", "sigmoid"], "moons"), ("bce", ["dense 1", "hard_sigmoid"], "moons"),
    ("bce_with_logits", ["dense 1"], "moons"), ("bce_with_logits", ["dense 3"], "blobs"),
    ("cross_entropy", ["dense 3"], "blobs"), ("cross_entropy", ["dense 3", "softmax"], "blobs"),
    ("cross_entropy smoothing=0.1", ["dense 3"], "blobs"),
    ("nll", ["dense 3", "log_softmax"], "blobs"),
    ("kl_div", ["dense 3", "log_softmax"], "blobs"), ("hinge", ["dense 1"], "moons"),
    ("squared_hinge", ["dense 1"], "moons"), ("soft_margin", ["dense 1"], "moons"),
    ("hinge_embedding", ["dense 1"], "moons"), ("multi_margin", ["dense 3"], "blobs"),
    ("multi_margin p=2", ["dense 3"], "blobs"),
    ("multi_label_soft_margin", ["dense 3"], "blobs"),
    ("poisson_nll", ["dense 1"], "linear features=3"),
    ("poisson_nll log_input=false", ["dense 1", "softplus"], "linear features=3"),
    ("gaussian_nll", ["dense 2", "softplus"], "linear features=3"),
    // Away from zero, where the cosine has no gradient and where a row zeroed by dropout would be.
    ("cosine", ["dense 3", "shift 0.25"], "blobs"),
    ("cosine_embedding margin=-0.99", ["dense 4", "exponential"], "moons"),
    ("margin_ranking", ["dense 2"], "moons"), ("triplet_margin margin=5", ["dense 12"], "moons"),
    ("focal", ["dense 3"], "blobs"), ("focal_binary", ["dense 1"], "moons"),
  ]

  @Test(arguments: losses.indices)
  func theGradientOfEveryLossIsThatOfCentralDifferences(index: Int) throws {
    let (loss, network, data) = Self.losses[index]
    var spec = try Self.specification(["dense 5", "tanh"] + network, data: data + " samples=24")
    spec.loss = try Written.term(.loss, loss)
    try Self.check(spec, loss)
  }

  @Test func noLossIsForgotten() {
    let checked = Set(Self.losses.map { String($0.loss.prefix { $0 != " " }) })
    #expect(checked == Set(Registry.entries(of: .loss).map(\.name)))
  }

  @Test(arguments: [
    "conv 3 kernel=3 stride=2", "conv 3 kernel=3 padding=2", "conv 3 kernel=3 dilation=2",
    "conv 4 kernel=2 stride=2 padding=1", "conv 3 kernel=1", "conv 3 kernel=5 padding=0",
    "conv_transpose 3 kernel=3 stride=2", "conv 2 bias=false",
  ])
  func theGradientOfAConvolutionWithOptionsIsThatOfCentralDifferences(layer: String) throws {
    let network = ["conv 2 kernel=3", "tanh", layer, "tanh", "flatten", "dense 10"]
    try Self.check(Self.specification(network, data: "digits samples=12"), layer)
  }

  @Test(arguments: ["conv 4 groups=2", "conv 4 groups=4 stride=2", "depthwise_conv 3"])
  func theGradientOfGroupsIsThatOfCentralDifferences(layer: String) throws {
    let network = ["conv 4 kernel=3", "silu", layer, "tanh", "flatten", "dense 10"]
    try Self.check(Self.specification(network, data: "digits samples=12"), layer)
  }

  @Test(arguments: [
    "maxout pieces=2", "maxout pieces=3", "glu", "reglu", "geglu", "swiglu", "softmax",
    "log_softmax", "softmin", "sparsemax", "prelu", "srelu", "apl", "soft_exponential",
    "swish beta=1.5",
  ])
  func theGradientThroughVectorsAndTrainedParametersIsThatOfCentralDifferences(
    layer: String
  ) throws {
    try Self.check(
      Self.specification(
        ["dense 12", "tanh", layer, "dense 3"], data: "blobs samples=24"), layer)
  }

  @Test(arguments: LayerSpec.Join.allCases)
  func theGradientThroughBranchesAndResidualsIsThatOfCentralDifferences(
    join: LayerSpec.Join
  ) throws {
    var spec = try Self.specification(["dense 6", "tanh"], data: "blobs samples=24")
    let (wide, tanh) = (try Written.layer("dense 6"), try Written.layer("tanh"))
    let gelu = try Written.layer("gelu")
    spec.network += [
      .residual([wide, tanh, .residual([wide, gelu]), wide]),
      .branches([[wide, tanh], [], [.residual([wide, gelu]), wide]], join: join),
      .frozen([wide, tanh]), .repeated(2, [wide, tanh]), try Written.layer("dense 3"),
    ]
    try Self.check(spec, join.rawValue)
  }
}
