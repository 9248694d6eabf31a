import Tensors
import Testing

@testable import NeuralNetworks

/// Fused layers give the same bits as separate ones, and recording changes no bit.
@Suite struct FusionTests {
  static let networks: [(network: [String], pooled: Int)] = [
    (["conv 8", "relu", "max_pool", "conv 16", "relu", "max_pool", "flatten", "dense 10"], 2),
    (["conv 4 kernel=5", "tanh", "max_pool size=3 stride=2", "flatten", "dense 10"], 1),
    (["conv 6", "max_pool", "leaky_relu", "conv 3 stride=2", "flatten", "dense 10"], 1),
    // gelu needs its argument, a stride of 1 leaves nothing out, averages have no place of a
    // maximum.
    (["conv 4", "gelu", "max_pool", "flatten", "dense 10"], 0),
    (["conv 4", "relu", "max_pool stride=1", "flatten", "dense 10"], 0),
    (["conv 4", "relu", "avg_pool", "flatten", "dense 10"], 0),
  ]

  private func problem(_ network: [String]) throws -> NeuralNetworks.Problem {
    let spec = try Written.training(
      network, data: "digits samples=70", optimizer: "adam", batch: 32)
    return try NeuralNetworks.Problem(spec, files: Written.files)
  }

  private func trained<S: Scalar>(
    _ problem: NeuralNetworks.Problem, as type: S.Type, keeps: Bool, threads: Int = 1
  ) throws -> [S] {
    var trainer = try Trainer<S>(
      problem,
      options: .init(
        capacity: problem.capacity, keepsEverything: keeps, threadLimit: threads))
    try trainer.plan.initialize(problem.spec.initializer, seed: problem.spec.seed)
    for _ in 0..<2 {
      for start in stride(from: 0, to: problem.trainIndices.count, by: problem.capacity) {
        let end = min(start + problem.capacity, problem.trainIndices.count)
        _ = trainer.step(problem.trainIndices.span.extracting(start..<end))
      }
    }
    return trainer.plan.memory.elements(trainer.plan.parameters)
  }

  @Test(arguments: networks.indices)
  func aNetworkThatKeepsEverythingIsTrainedToTheSameBits(index: Int) throws {
    let (network, pooled) = Self.networks[index]
    let problem = try self.problem(network)
    let fusions = problem.graph.fusions(for: Float.self)
    let count = fusions.count { $0.pooled != nil }
    #expect(count == pooled)
    let alone = try trained(problem, as: Float.self, keeps: false)
    let isFinite = alone.allSatisfy { $0.isFinite }
    #expect(isFinite)
    #expect(try trained(problem, as: Float.self, keeps: true) == alone)
    #expect(try trained(problem, as: Float.self, keeps: false, threads: 2) == alone)
    let double = try trained(problem, as: Double.self, keeps: false)
    #expect(try trained(problem, as: Double.self, keeps: true) == double)
  }

  /// A second reader of the activation needs its values in memory.
  @Test func aValueThatOthersReadStaysApart() throws {
    var spec = try Written.training(["conv 4", "relu"], data: "digits samples=40")
    let pool = try Written.layer("max_pool")
    let average = try Written.layer("avg_pool")
    spec.network += [.branches([[pool], [average]], join: .concat)]
    spec.network += try ["flatten", "dense 10"].map(Written.layer)
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    let pooled = problem.graph.fusions(for: Float.self).count { $0.pooled != nil }
    #expect(pooled == 0)
    let alone = try trained(problem, as: Float.self, keeps: false)
    #expect(try trained(problem, as: Float.self, keeps: true) == alone)
  }

  @Test func whatIsFrozenIsLeftAloneAndPassesItsGradientOn() throws {
    var spec = try Written.training(["conv 4", "relu", "max_pool"], data: "digits samples=40")
    spec.network += [
      .frozen([try Written.layer("conv 5")]), try Written.layer("relu"),
      try Written.layer("max_pool"), try Written.layer("flatten"), try Written.layer("dense 10"),
    ]
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    let pooled = problem.graph.fusions(for: Float.self).count { $0.pooled != nil }
    #expect(pooled == 2)
    let alone = try trained(problem, as: Float.self, keeps: false)
    #expect(try trained(problem, as: Float.self, keeps: true) == alone)
    var trainer = try Trainer<Float>(problem)
    try trainer.plan.initialize(problem.spec.initializer, seed: problem.spec.seed)
    let (memory, views) = (trainer.plan.memory, trainer.plan.parameterViews)
    let place = problem.graph.nodes.firstIndex { $0.isFrozen }
    let frozen = try #require(place)
    let (first, middle) = (memory.elements(views[0][0]), memory.elements(views[frozen][0]))
    _ = trainer.step(problem.trainIndices.span.extracting(0..<8))
    #expect(memory.elements(views[0][0]) != first)
    #expect(memory.elements(views[frozen][0]) == middle)
  }
}
