import NeuralNetworks
import Testing

/// Every layer with every activation after it, every loss in turn: all pairs that compose, against
/// central differences in Double.
struct GradientGridTests {
  private enum Form { case row, image, sequence }

  /// Each layer as text, the layers before it, and the form of its output: rows of 16, images of
  /// 1×4×4, sequences of 4×4.
  private static let layers: [(layer: String, before: [String], form: Form)] = [
    ("dense 4", [], .row), ("reshape 1x4x4", [], .image), ("flatten", ["reshape 1x4x4"], .row),
    ("conv 2", ["reshape 1x4x4"], .image),
    ("depthwise_conv 3", ["reshape 4x2x2"], .image),
    ("conv_transpose 2 kernel=2", ["reshape 1x4x4"], .image),
    ("max_pool 2", ["reshape 1x4x4"], .image), ("avg_pool 2", ["reshape 1x4x4"], .image),
    ("global_avg_pool", ["reshape 4x2x2"], .row),
    ("dropout 0.3", ["dense 4"], .row), ("alpha_dropout 0.2", ["dense 4"], .row),
    ("batch_norm", ["dense 4"], .row), ("layer_norm", ["dense 4"], .row),
    ("group_norm 2", ["reshape 4x2x2"], .image), ("instance_norm", ["reshape 4x2x2"], .image),
    ("rms_norm", ["dense 4"], .row), ("scale 1.5", ["dense 4"], .row),
    ("shift 0.25", ["dense 4"], .row), ("rnn 4", ["reshape 4x4"], .sequence),
    ("lstm 4", ["reshape 4x4"], .sequence), ("gru 4", ["reshape 4x4"], .sequence),
    ("attention 2", ["reshape 4x4"], .sequence), ("position", ["reshape 4x4"], .sequence),
    ("each 4", ["reshape 4x4"], .sequence), ("last_step", ["reshape 4x4"], .row),
    ("mean_step", ["reshape 4x4"], .row),
  ]

  private static let activations = Registry.entries(of: .activation)
    .filter { (try? $0.term()) != nil }.map(\.name)

  /// Losses of one output or of one for each class, which any activation can precede.
  private static let losses = GradientTests.losses.filter { $0.data.hasPrefix("blobs") }

  @Test(arguments: layers.indices)
  func theGradientOfALayerBeforeEveryActivationIsThatOfCentralDifferences(index: Int) throws {
    let (layer, before, form) = Self.layers[index]
    for (turn, activation) in Self.activations.enumerated() {
      let loss = Self.losses[(turn + index) % Self.losses.count]
      let after = form == .row ? [] : ["flatten"]
      var spec = try Written.training(
        before + [layer, activation] + after + loss.network,
        data: "blobs samples=6 features=16", batch: 4)
      spec.initializer = try Written.term(.initializer, "glorot_normal")
      spec.loss = try Written.term(.loss, loss.loss)
      let outcome = try Engine.check(spec, files: Written.files)
      #expect(
        outcome.worst < 1e-7,
        "\(layer), \(activation), \(loss.loss): \(outcome.rows.filter { $0.relativeError >= 1e-7 })"
      )
      #expect(outcome.rows.contains { $0.count > $0.kinks })
    }
  }

  @Test func noLayerIsForgotten() {
    let checked = Set(Self.layers.map { String($0.layer.prefix { $0 != " " }) })
    // An embedding reads symbols, not numbers; `GradientTests` has it.
    #expect(checked.union(["embedding"]) == Set(Registry.entries(of: .layer).map(\.name)))
  }
}
