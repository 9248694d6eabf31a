import DecimalText
import TestSupport
import Testing

@testable import Experiments

/// Cost estimates of blocks, as numbers in a golden file, so that a change of the estimate is
/// visible. Their accuracy is measured by `sitegen-bench costs`.
@Suite struct OperationTests {
  private static let whole = [
    "dataset: noise samples=2000 features=40",
    "dataset: moons samples=2000",
    "plot: [relu, gelu]",
    "signal: [{repeat 4: [dense 64, tanh]}, dense 10]\nbatch: 64",
    "check: [dense 16, tanh, dense 2]\ndata: moons samples=64\nbatch: 16",
    "trace: [dense 4, tanh, dense 1]\ndata: moons samples=4\nbatch: 4",
    "train: [dense 64, relu, dense 2]\ndata: noise samples=256 features=64\nepochs: 10",
    "train: [dense 64, relu, dense 2]\ndata: moons samples=256\nepochs: 10\noptimizer: yogi",
  ]

  private static let ofImages = [
    "conv 8", "conv 8 groups=2", "depthwise_conv", "conv_transpose 8 kernel=4 stride=2 padding=1",
    "max_pool", "avg_pool 3 stride=1", "batch_norm", "group_norm 2", "instance_norm", "dropout",
    "prelu", "softmax", "relu", "gelu",
  ]

  private static let ofSequences = [
    "rnn 16", "gru 16", "lstm 16", "attention heads=2", "position", "each 8",
  ]

  private static var blocks: [String] {
    let training = "data: noise samples=64 features=256\nepochs: 10"
    var blocks = whole
    for layer in ofImages {
      blocks.append("train: [reshape [4, 8, 8], \(layer), flatten, dense 2]\n" + training)
    }
    for layer in ofSequences {
      blocks.append("train: [reshape [32, 8], \(layer), mean_step, dense 2]\n" + training)
    }
    return blocks
  }

  @Test func operationsAreAsTheGoldenSays() throws {
    var lines = ""
    for text in Self.blocks {
      let (experiments, diagnostics) = Article(block: text).read()
      #expect(diagnostics.isEmpty, "\(text): \(diagnostics)")
      let cost = try #require(experiments.first ?? nil).cost
      lines +=
        "\(NumbersApart.plain(cost.operations, 4))\t"
        + text.split(separator: "\n").joined(separator: "; ") + "\n"
    }
    try expectGolden(lines, "nn-operations.txt")
  }
}
