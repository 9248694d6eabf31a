import AllocationCounter
import Testing

@testable import NeuralNetworks

/// A step of training allocates no memory after one with as many samples.
@Suite(.enabled(if: allocations_of_this_thread() >= 0, "allocations are counted with glibc"))
struct AllocationTests {
  static let trainings: [(network: [String], data: String, optimizer: String, loss: String?)] = [
    (["dense 16", "tanh", "dense 16", "tanh", "dense 1"], "moons samples=80", "sgd rate=0.1", nil),
    (
      ["flatten", "dense 96", "relu", "dense 80", "gelu", "dense 10"], "digits samples=80",
      "sgd rate=0.05 momentum=0.9", nil
    ),
    (
      ["conv 4", "relu", "max_pool", "conv 3 stride=2", "mish", "avg_pool", "flatten", "dense 10"],
      "digits samples=80", "adam rate=0.01", nil
    ),
    (
      [
        "dense 8", "batch_norm", "prelu", "dropout 0.3", "dense 8", "layer_norm", "swiglu",
        "dense 3",
      ], "blobs samples=80", "adamw rate=0.01", nil
    ),
    (
      [
        "conv 4", "group_norm 2", "elu", "conv 4 groups=2 padding=1", "global_avg_pool", "dense 10",
      ],
      "digits samples=80", "sgd rate=0.01", nil
    ),
    (["embedding 4", "rnn 5", "dropout 0.2", "each 6"], "copy samples=80", "adam rate=0.01", nil),
    (["dense 8", "softsign", "dense 3"], "blobs samples=80", "rprop", "focal"),
    (["dense 8", "arsinh", "dense 1"], "sine samples=80", "amsgrad rate=0.01", "huber"),
    (["embedding 4", "gru 5", "each 6"], "copy samples=80", "rmsprop rate=0.01", nil),
    (
      ["embedding 4", "attention 2", "lstm 5", "each 6"], "copy samples=80",
      "nadam rate=0.01", nil
    ),
  ]

  @Test(arguments: trainings.indices)
  func aWarmStepAllocatesNothing(index: Int) throws {
    let (network, data, optimizer, loss) = Self.trainings[index]
    #expect(try allocations(network, data, optimizer, loss) == 0)
  }

  @Test func theCounterCounts() {
    let before = allocations_of_this_thread()
    let array = [Int](repeating: 1, count: Int(before) % 2 + 1000)
    #expect(allocations_of_this_thread() > before && array.count >= 1000)
  }

  /// Activations that need no argument.
  @Test func noActivationAllocates() throws {
    for entry in Registry.entries(of: .activation)
    where (try? Written.layer(entry.name)) != nil {
      let count = try allocations(
        ["dense 12", entry.name, "dense 3"], "blobs samples=40", "sgd rate=0.01", nil)
      #expect(count == 0, "\(entry.name)")
    }
  }

  @Test(arguments: ["adagrad", "adamax", "adadelta", "radam", "asgd", "lion", "quickprop"])
  func noOptimizerAllocates(name: String) throws {
    #expect(try allocations(["dense 8", "tanh", "dense 3"], "blobs samples=40", name, nil) == 0)
  }

  private func allocations(
    _ network: [String], _ data: String, _ optimizer: String, _ loss: String?
  ) throws -> Int {
    var spec = try Written.training(network, data: data, optimizer: optimizer, batch: 16)
    spec.testShare = 0
    spec.loss = try loss.map { try Written.term(.loss, $0) }
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    var trainer = try Trainer<Float>(problem)
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    for _ in 0..<3 { trainer.stepThroughSamples() }
    let before = allocations_of_this_thread()
    trainer.stepThroughSamples()
    return allocations_of_this_thread() - before
  }
}
