import Tensors
import Testing

@testable import NeuralNetworks

/// The same bits from every kernel table and any number of threads.
@Suite struct DeterminismTests {
  /// The benchmark's workloads, shortened: small, wide, deep and convolutional.
  static let workloads: [(network: [String], data: String, optimizer: String, steps: Int)] = [
    (["dense 16", "tanh", "dense 16", "tanh", "dense 1"], "moons samples=200", "sgd rate=0.1", 40),
    (
      ["dense 256", "relu", "dense 128", "relu", "dense 10"],
      "blobs samples=256 classes=10 features=784", "sgd rate=0.01 momentum=0.9", 4
    ),
    (
      Array(repeating: ["dense 64", "tanh"], count: 30).flatMap { $0 } + ["dense 10"],
      "blobs samples=256 classes=10 features=64", "sgd rate=0.05", 4
    ),
    (
      ["conv 8", "relu", "max_pool", "conv 16", "relu", "max_pool", "flatten", "dense 10"],
      "digits samples=256", "adam", 4
    ),
    (["embedding 8", "lstm 16", "each 10", "gelu"], "copy samples=100 symbols=8", "adamw", 4),
    (
      ["dense 32", "batch_norm", "mish", "dense 32", "layer_norm", "gelu", "dense 3"],
      "blobs samples=200", "nadam", 10
    ),
  ]

  private func digest(
    _ workload: Int, kernels: KernelTable = .best, threads: Int = 1
  ) throws -> [UInt32] {
    let (network, data, optimizer, steps) = Self.workloads[workload]
    let spec = try Written.training(network, data: data, optimizer: optimizer, batch: 64)
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    var trainer = try Trainer<Float>(
      problem,
      options: .init(capacity: problem.capacity, threadLimit: threads, kernels: kernels))
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    var start = 0
    var bits: [UInt32] = []
    for _ in 0..<steps {
      let end = min(start + problem.capacity, problem.trainIndices.count)
      let loss = trainer.step(problem.trainIndices.span.extracting(start..<end))
      bits.append(Float(loss).bitPattern)
      start = end == problem.trainIndices.count ? 0 : end
    }
    return bits + trainer.plan.memory.elements(trainer.plan.parameters).map(\.bitPattern)
  }

  @Test(arguments: workloads.indices)
  func everyTableGivesTheSameBits(workload: Int) throws {
    let expected = try digest(workload, kernels: KernelTable.named("reference"))
    for table in KernelTable.available {
      #expect(try digest(workload, kernels: table) == expected, "\(table)")
    }
  }

  @Test(arguments: workloads.indices)
  func everyNumberOfThreadsGivesTheSameBits(workload: Int) throws {
    let expected = try digest(workload)
    for threads in 2...4 {
      #expect(try digest(workload, threads: threads) == expected, "\(threads) threads")
    }
  }

  /// 10,000 dense layers and as many activations: memory limits the depth, not recursion.
  @Test func tenThousandLayersTrain() throws {
    var network: [LayerSpec] = []
    let pair = [try Written.layer("dense 16"), try Written.layer("tanh")]
    network.append(.repeated(10_000, pair))
    network.append(try Written.layer("dense 3"))
    var spec = TrainingSpec(
      network: network, data: try Written.term(.dataset, "blobs samples=80 features=16"),
      optimizer: try Written.term(.optimizer, "sgd rate=1e-4"))
    spec.batch = 16
    spec.initializer = try Written.term(.initializer, "orthogonal")
    spec.length = .steps(6)
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    let trainer = try Trainer<Float>(problem)
    // Weights, their gradients and one value a layer; the values' gradients share memory.
    let perLayer = 2 * (16 * 16 + 16) + 16 * 16
    #expect(trainer.plan.memory.count < 10_001 * perLayer + 100_000)
    let outcome = try Engine.train(spec, files: Written.files)
    #expect(outcome.divergence == nil && outcome.steps == 6)
    #expect(outcome.final.trainLoss < outcome.history[0].trainLoss)
  }
}
