import Tensors
import Testing

@testable import NeuralNetworks

/// Parameters that step during the backward pass get the same bits as from one update after it.
@Suite struct SteppingTests {
  static let optimizers = [
    "sgd rate=0.1", "sgd rate=0.05 momentum=0.9", "sgd rate=0.05 momentum=0.9 nesterov=true",
    "adam rate=0.01", "adamw rate=0.01", "rmsprop rate=0.01", "adagrad rate=0.05",
  ]

  /// Large dense layers between small ones, and others; the last batch has two rows.
  private func trained(_ optimizer: String, clipping: Bool) throws -> (
    weights: [Float], losses: [Double]
  ) {
    var spec = try Written.training(
      [
        "conv 3", "relu", "max_pool", "flatten", "dense 96", "tanh", "batch_norm", "dense 80",
        "relu", "dense 10",
      ],
      data: "digits samples=42", optimizer: optimizer, batch: 20)
    spec.testShare = 0
    // A limit that is never reached needs all gradients before the update.
    spec.clipValue = clipping ? 1e30 : nil
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    var trainer = try Trainer<Float>(problem)
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    var losses: [Double] = []
    for _ in 0..<3 { trainer.stepThroughSamples { losses.append($0) } }
    return (trainer.plan.memory.elements(trainer.plan.parameters), losses)
  }

  @Test(arguments: optimizers)
  func steppingEndsWhereAnUpdateEnds(optimizer: String) throws {
    let during = try trained(optimizer, clipping: false)
    let after = try trained(optimizer, clipping: true)
    #expect(during.losses == after.losses)
    #expect(during.weights == after.weights)
  }
}
