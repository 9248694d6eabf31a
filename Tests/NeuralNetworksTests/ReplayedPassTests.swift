import Tensors
import Testing

@testable import NeuralNetworks

/// A captured pass that is replayed gives the same bits as the pass itself.
@Suite struct ReplayedPassTests {
  static let networks: [(network: [String], data: String)] = [
    (["dense 16", "tanh", "dense 16", "relu", "dense 1"], "moons samples=60"),
    (
      ["dense 8", "batch_norm", "gelu", "dense 8", "layer_norm", "mish", "dense 3"],
      "blobs samples=45"
    ),
    (["dense 8", "prelu", "dropout 0.3", "dense 8", "rrelu", "dense 3"], "blobs samples=45"),
    (["dense 12", "swiglu", "dense 8", "maxout pieces=2", "dense 3"], "blobs samples=45"),
    (
      ["conv 4", "relu", "max_pool", "conv 3 stride=2", "tanh", "avg_pool", "flatten", "dense 10"],
      "digits samples=40"
    ),
    (["embedding 4", "gru 5", "each 6"], "copy samples=30"),
  ]

  private func parameters(
    _ spec: TrainingSpec, replaying: Bool, threads: Int = 1
  ) throws -> (weights: [Float], losses: [Double]) {
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    var trainer = try Trainer<Float>(
      problem,
      options: .init(
        capacity: problem.capacity, threadLimit: threads, replaysPasses: replaying))
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    var losses: [Double] = []
    for _ in 0..<3 {
      trainer.stepThroughSamples { losses.append($0) }
      losses.append(trainer.evaluate(problem.testIndices).loss)
    }
    return (trainer.plan.memory.elements(trainer.plan.parameters), losses)
  }

  @Test(arguments: networks.indices)
  func replayedPassesGiveTheSameBits(index: Int) throws {
    let (network, data) = Self.networks[index]
    var spec = try Written.training(network, data: data, optimizer: "adam")
    let once = try parameters(spec, replaying: false)
    let again = try parameters(spec, replaying: true)
    #expect(once.losses == again.losses)
    #expect(once.weights == again.weights)
    spec.seed = 2
    #expect(try parameters(spec, replaying: true).weights != again.weights)
  }

  @Test func branchesAndResidualsAreReplayed() throws {
    var spec = try Written.training(["dense 8", "tanh"], data: "blobs samples=45")
    let wide = try Written.layer("dense 8")
    let narrow = try Written.layer("dense 4")
    let tanh = try Written.layer("tanh")
    spec.network += [
      .residual([wide, tanh, wide]),
      .branches([[narrow, tanh], [wide]], join: .concat),
      .branches([[narrow], [narrow, tanh]], join: .add),
      .frozen([wide, tanh]), try Written.layer("dense 3"),
    ]
    let once = try parameters(spec, replaying: false)
    let again = try parameters(spec, replaying: true)
    #expect(once.losses == again.losses)
    #expect(once.weights == again.weights)
  }
}
