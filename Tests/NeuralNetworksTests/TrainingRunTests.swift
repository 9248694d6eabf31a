import Tensors
import Testing

@testable import NeuralNetworks

/// The behavior of a whole training besides its steps.
@Suite struct TrainingRunTests {
  private func train(
    _ spec: TrainingSpec, isCancelled: () -> Bool = { false }
  ) throws -> TrainingOutcome {
    try Engine.train(spec, files: Written.files, isCancelled: isCancelled)
  }

  @Test func cancellationIsHeardBeforeTheNextStep() throws {
    var spec = try Written.training(["dense 8", "tanh", "dense 1"], data: "moons samples=100")
    spec.length = .epochs(50)
    var asked = 0
    #expect(throws: EngineError.canceled) {
      try train(spec) {
        asked += 1
        return asked > 7
      }
    }
    // Asked before every step, and not once more after the answer.
    #expect(asked == 8)
  }

  @Test func theSameSpecificationGivesTheSameOutcome() throws {
    var spec = try Written.training(
      ["dense 8", "tanh", "dropout 0.2", "dense 3"], data: "blobs samples=90 noise=1",
      optimizer: "adam")
    spec.length = .epochs(4)
    spec.recordings = [.layers, .weights, .confusion]
    let outcome = try train(spec)
    #expect(try train(spec) == outcome)
    spec.seed = 2
    #expect(try train(spec) != outcome)
    #expect(outcome.history.count == 5 && outcome.layers.count == 5)
    #expect(outcome.final.epoch == 4 && outcome.steps == 4 * 9)
    // Two inputs to eight units to three, before and after in the same intervals.
    #expect(outcome.weights.map { $0.before.counts.reduce(0, +) } == [16, 24])
    #expect(outcome.weights.map { $0.after.counts.reduce(0, +) } == [16, 24])
    #expect(outcome.weights.allSatisfy { $0.before.range == $0.after.range })
    #expect(outcome.weights.allSatisfy { $0.before.counts != $0.after.counts })
  }

  @Test func patienceEndsATrainingAndGoesBackToItsBestWeights() throws {
    // Meaningless classes: the test loss soon increases.
    var spec = try Written.training(
      ["dense 64", "relu", "dense 2"], data: "noise samples=60 features=10 classes=2",
      optimizer: "adam rate=0.01")
    spec.length = .epochs(200)
    spec.stop = try Written.term(.stopping, "patience 5")
    let outcome = try train(spec)
    let best = try #require(outcome.restoredEpoch)
    #expect(outcome.epochs == best + 5)
    // The untrained network is never restored, although it is as good as any here.
    let losses = outcome.history.dropFirst().dropLast().compactMap(\.testLoss)
    #expect(outcome.final.testLoss == losses.min())
    #expect(outcome.history[best].testLoss == losses.min())
  }

  @Test(arguments: ["loss 0.2", "accuracy 0.9"])
  func aGoalThatIsReachedEndsATraining(stop: String) throws {
    var spec = try Written.training(
      ["dense 8", "tanh", "dense 1"], data: "moons samples=200", optimizer: "adam rate=0.05")
    spec.length = .epochs(500)
    spec.stop = try Written.term(.stopping, stop)
    let outcome = try train(spec)
    #expect(outcome.epochs < 500)
    let before = outcome.history[outcome.history.count - 2]
    if stop.hasPrefix("loss") {
      #expect(outcome.final.trainLoss < 0.2 && before.trainLoss >= 0.2)
    } else {
      let accuracy = try #require(outcome.final.testAccuracy)
      #expect(try accuracy > 0.9 && #require(before.testAccuracy) <= 0.9)
    }
  }

  @Test func divergenceIsPartOfTheOutcome() throws {
    var spec = try Written.training(
      ["dense 8", "dense 1"], data: "linear samples=40 features=4", optimizer: "sgd rate=1e6")
    spec.length = .epochs(100)
    let outcome = try train(spec)
    let divergence = try #require(outcome.divergence)
    #expect(divergence.epoch <= outcome.epochs && divergence.step == outcome.steps)
    #expect(outcome.epochs < 100)
    #expect(!outcome.final.trainLoss.isFinite)
  }

  @Test func stepsEndATrainingWithinAnEpoch() throws {
    var spec = try Written.training(["dense 1"], data: "sine samples=100")
    spec.length = .steps(13)
    let outcome = try train(spec)
    #expect(outcome.steps == 13 && outcome.epochs == 2)
  }

  // MARK: - Preparation

  private func prepared(_ spec: TrainingSpec) throws -> Trainer<Float> {
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    var trainer = try Trainer<Float>(
      problem, options: .init(capacity: problem.capacity, keepsEverything: true))
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    try WeightPreparation(problem, files: Written.files).prepare(&trainer, isCancelled: { false })
    return trainer
  }

  @Test func lsuvGivesEveryLayerVarianceOne() throws {
    var spec = try Written.training(
      ["flatten", "dense 40", "relu", "dense 40", "tanh", "dense 40", "sigmoid", "dense 10"],
      data: "digits samples=400", batch: 128)
    spec.initializer = try Written.term(.initializer, "lsuv tolerance=0.02")
    let trainer = try prepared(spec)
    let problem = trainer.problem
    let samples = problem.trainIndices
    _ = trainer.gradient(samples.span.extracting(first: problem.capacity))
    for (index, node) in problem.graph.nodes.enumerated() where node.number != nil {
      let variance = trainer.plan.memory.variance(trainer.plan.values[index + 1]!)
      #expect(abs(variance - 1) <= 0.02, "\(node.label)")
    }
  }

  /// The mean squared error of the inputs reconstructed from the hidden layer.
  private func reconstructionError(_ pretraining: String?) throws -> Double {
    var spec = try Written.training(
      ["flatten", "dense 32", "sigmoid", "dense 10"], data: "digits samples=300", batch: 20)
    spec.initializer = try Written.term(.initializer, "normal 0.1")
    spec.pretraining = try pretraining.map { try Written.term(.pretraining, $0) }
    let trainer = try prepared(spec)
    let plan = trainer.plan
    let weights = plan.memory.elements(plan.parameterViews[1][0])
    let bias = plan.memory.elements(plan.parameterViews[1][1])
    let rows = 100
    var error = 0.0
    let data = trainer.problem.data
    // The best constant of the reconstruction is the mean that the weights do not explain.
    var residuals = [[Double]](repeating: [], count: 64)
    for row in 0..<rows {
      let x = data.inputs[row * 64..<row * 64 + 64].map(Double.init)
      let h = (0..<32).map { unit -> Double in
        var z = Double(bias[unit])
        for i in 0..<64 { z += x[i] * Double(weights[i * 32 + unit]) }
        return 1 / (1 + Double.exp(-z))
      }
      for i in 0..<64 {
        var back = 0.0
        for unit in 0..<32 { back += h[unit] * Double(weights[i * 32 + unit]) }
        residuals[i].append(x[i] - back)
      }
    }
    for column in residuals {
      let mean = column.reduce(0, +) / Double(rows)
      error += column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    return error / Double(rows)
  }

  @Test func anAutoencoderLearnsToGiveItsInputBack() throws {
    let before = try reconstructionError(nil)
    let after = try reconstructionError("autoencoder 30 rate=5")
    #expect(after < 0.5 * before, "\(after) after \(before)")
  }

  /// The free energy of data under the machine decreases relative to that of noise.
  @Test func aMachineTellsItsDataFromNoise() throws {
    func gap(_ pretraining: String?) throws -> Double {
      var spec = try Written.training(
        ["flatten", "dense 32", "sigmoid", "dense 10"], data: "digits samples=300", batch: 20)
      spec.initializer = try Written.term(.initializer, "normal 0.01")
      spec.pretraining = try pretraining.map { try Written.term(.pretraining, $0) }
      let trainer = try prepared(spec)
      let weights = trainer.plan.memory.elements(trainer.plan.parameterViews[1][0])
      let bias = trainer.plan.memory.elements(trainer.plan.parameterViews[1][1])
      func softplusSum(_ x: [Float]) -> Double {
        (0..<32).reduce(0.0) { sum, unit in
          var z = Double(bias[unit])
          for i in 0..<64 { z += Double(x[i]) * Double(weights[i * 32 + unit]) }
          return sum + Double.log1p(Double.exp(-abs(z))) + max(z, 0)
        }
      }
      let inputs = trainer.problem.data.inputs
      var generator = Generator(seed: 3, purpose: "test")
      return (0..<100).reduce(0.0) { gap, row in
        let sample = Array(inputs[row * 64..<row * 64 + 64])
        var shuffled = sample
        generator.shuffle(&shuffled)
        return gap + softplusSum(sample) - softplusSum(shuffled)
      } / 100
    }
    let before = try gap(nil)
    let after = try gap("rbm 10 rate=0.1")
    #expect(after > before + 1, "\(after) after \(before)")
  }

  @Test func everyHiddenLayerIsPretrainedAndTheLastIsNot() throws {
    var spec = try Written.training(
      ["flatten", "dense 16", "sigmoid", "dense 8", "sigmoid", "dense 10"],
      data: "digits samples=100")
    let before = try prepared(spec)
    spec.pretraining = try Written.term(.pretraining, "rbm 2 k=2")
    let after = try prepared(spec)
    func weights(_ trainer: Trainer<Float>, _ node: Int) -> [Float] {
      trainer.plan.memory.elements(trainer.plan.parameterViews[node][0])
    }
    #expect(weights(after, 1) != weights(before, 1))
    #expect(weights(after, 3) != weights(before, 3))
    #expect(weights(after, 5) == weights(before, 5))
  }

  @Test func whatWasLearntElsewhereIsTakenOverAndFrozenLayersStay() throws {
    var spec = try Written.training([], data: "circles samples=80", batch: 16)
    spec.network = [
      .frozen([try Written.layer("dense 8"), try Written.layer("tanh")]),
      try Written.layer("dense 1"),
    ]
    spec.pretraining = try Written.term(.pretraining, "transfer moons epochs=5")
    let learnt = try prepared(spec)
    var own = spec
    own.pretraining = nil
    let drawn = try prepared(own)
    func weights(_ trainer: Trainer<Float>, _ node: Int) -> [Float] {
      trainer.plan.memory.elements(trainer.plan.parameterViews[node][0])
    }
    #expect(weights(learnt, 0) != weights(drawn, 0))
    var trainer = learnt
    let (first, last) = (weights(trainer, 0), weights(trainer, 2))
    let samples = trainer.problem.trainIndices
    for _ in 0..<10 { _ = trainer.step(samples.span.extracting(first: 16)) }
    #expect(weights(trainer, 0) == first)
    #expect(weights(trainer, 2) != last)
  }

  @Test func theLandscapeOfTwoParametersIsTheirLoss() throws {
    var spec = try Written.training(["dense 1"], data: "linear samples=40 features=1", batch: 40)
    spec.length = .epochs(30)
    spec.optimizer = try Written.term(.optimizer, "sgd rate=0.1")
    spec.recordings = .landscape
    let outcome = try train(spec)
    let landscape = try #require(outcome.landscape)
    #expect(landscape.parameters == ["weight", "bias"])
    #expect(landscape.trajectory.map(\.epoch) == Array(0...30))
    let problem = try NeuralNetworks.Problem(spec, files: Written.files)
    guard case .numbers(let targets, _, _) = problem.data.targets else {
      return #expect(Bool(false))
    }
    func loss(_ w: Double, _ b: Double) -> Double {
      problem.trainIndices.reduce(0) { sum, index in
        let (x, y) = (Double(problem.data.inputs[Int(index)]), Double(targets[Int(index)]))
        return sum + (w * x + b - y) * (w * x + b - y) / Double(problem.trainIndices.count)
      }
    }
    for row in 0..<landscape.rows {
      for column in 0..<landscape.columns {
        let expected = loss(
          Landscape.place(landscape.xRange, column), Landscape.place(landscape.yRange, row))
        let got = landscape.losses[row * landscape.columns + column]
        #expect((got - expected).magnitude < 1e-5 * max(1, expected))
      }
    }
    // The trajectory begins and ends at the losses of the history.
    for (point, entry) in zip(landscape.trajectory, outcome.history) {
      #expect((loss(point.x, point.y) - entry.trainLoss).magnitude < 1e-5 * max(1, entry.trainLoss))
    }
  }

  @Test func theLandscapeOfManyParametersLiesInThePlaneOfTheirWay() throws {
    var spec = try Written.training(
      ["dense 8", "tanh", "dense 1"], data: "moons samples=60", optimizer: "adam rate=0.05",
      batch: 60)
    spec.length = .epochs(40)
    let plain = try train(spec)
    spec.recordings = [.landscape, .confusion]
    let outcome = try train(spec)
    let landscape = try #require(outcome.landscape)
    // Recording changes nothing.
    #expect(outcome.history == plain.history)
    let end = try #require(landscape.trajectory.last)
    #expect(end.x == 0 && end.y == 0)
    #expect(landscape.trajectory[0].x < 0 && landscape.trajectory[0].y >= 0)
    #expect(landscape.xRange.contains(landscape.trajectory[0].x))
    // The trajectory extends more along the first direction than along the second.
    func square(_ place: (Landscape.Point) -> Double) -> Double {
      landscape.trajectory.reduce(0) { $0 + place($1) * place($1) }
    }
    #expect(square(\.x) > square(\.y))
    // At the grid point nearest to the end, the loss is nearly the final one.
    func index(_ range: ClosedRange<Double>) -> Int {
      Int(exactly: (-range.lowerBound / (range.upperBound - range.lowerBound) * 40).rounded())!
    }
    let near = landscape.losses[index(landscape.yRange) * 41 + index(landscape.xRange)]
    let first = outcome.history[0].trainLoss
    #expect((near - outcome.final.trainLoss).magnitude < 0.1 * first)
    spec.network = [try Written.layer("tanh")]
    spec.network += [try Written.layer("dense 300"), try Written.layer("dense 300")]
    #expect(throws: EngineError.self) { try train(spec) }
  }

  @Test func whatATrainingEndsWithIsWhatAnotherBeginsWith() throws {
    var spec = try Written.training(
      ["dense 8", "batch_norm", "tanh", "dense 1"], data: "moons samples=60", batch: 16)
    spec.length = .epochs(3)
    let end = try Engine.train(spec, files: Written.files).final
    let weights = try Engine.weights(spec, files: Written.files)
    #expect(
      weights.tensors.mapValues(\.shape) == [
        "0.weight": [8, 2], "0.bias": [8], "1.weight": [8], "1.bias": [8], "1.running_mean": [8],
        "1.running_var": [8], "3.weight": [1, 8], "3.bias": [1],
      ])
    // As PyTorch writes it, with the number of batches seen.
    var file = weights
    file.tensors["1.num_batches_tracked"] = .init(shape: [], values: [9])
    let bytes = file.bytes()
    spec.pretraining = try Written.term(.pretraining, "weights w.safetensors")
    let start = try Engine.train(spec, files: { $0 == "w.safetensors" ? bytes : nil }).history[0]
    #expect(start.trainLoss == end.trainLoss)
    #expect(start.testLoss == end.testLoss)
  }

  @Test func weightsOfAFileAreTakenOver() throws {
    var spec = try Written.training(["dense 4", "tanh", "dense 1"], data: "moons samples=40")
    let weights = (0..<8).map { Double($0) / 4 }
    let file = Safetensors([
      "0.weight": .init(shape: [4, 2], values: weights), "2.bias": .init(shape: [1], values: [3]),
    ])
    func begun(_ tensors: Safetensors) throws -> ExecutionPlan<Float> {
      let bytes = tensors.bytes()
      let problem = try NeuralNetworks.Problem(spec, files: Written.files)
      var trainer = try Trainer<Float>(problem)
      try trainer.plan.initialize(nil, seed: 1)
      let drawn = trainer.plan.memory.elements(trainer.plan.parameterViews[2][0])
      try WeightPreparation(problem, files: { $0 == "w.safetensors" ? bytes : nil })
        .prepare(&trainer, isCancelled: { false })
      #expect(trainer.plan.memory.elements(trainer.plan.parameterViews[2][0]) == drawn)
      return trainer.plan
    }
    spec.pretraining = try Written.term(.pretraining, "weights w.safetensors")
    #expect(Engine.paths(of: spec) == ["w.safetensors"])
    let plan = try begun(file)
    let dense = plan.graph.nodes[0].layer.parameters[0]
    #expect(plan.values(plan.parameterViews[0][0], dense) == weights)
    #expect(plan.memory.elements(plan.parameterViews[2][1]) == [3])
    func mistake(_ tensors: [String: Safetensors.Tensor]) -> String {
      do { _ = try begun(Safetensors(tensors)) } catch { return "\(error)" }
      return "nothing"
    }
    #expect(
      mistake(["0.weight": .init(shape: [2, 4], values: weights)])
        == "w.safetensors: `0.weight` is 2×4, and 4×2 in the network")
    #expect(
      mistake(["1.weight": .init(shape: [1], values: [1])])
        == "w.safetensors: `1.weight` is not among the network's parameters")
    spec.pretraining = try Written.term(.pretraining, "weights other.safetensors")
    #expect(mistake([:]) == "other.safetensors: there is no such file")
  }

  // MARK: - Looking inside

  @Test func theSignalOfAHeNetworkKeepsItsSizeAndThatOfASmallOneDies() throws {
    func sizes(_ initializer: String) throws -> [Double] {
      var network: [String] = []
      for _ in 0..<20 { network += ["dense 128", "relu"] }
      var spec = try Written.training(
        network + ["dense 2"], data: "noise samples=256 features=64 classes=2", batch: 128)
      spec.initializer = try Written.term(.initializer, initializer)
      let outcome = try Engine.signal(spec, files: Written.files)
      #expect(outcome.layers.count == 21)
      return outcome.layers.dropLast().map {
        $0.statistics.variance + $0.statistics.mean * $0.statistics.mean
      }
    }
    let kept = try sizes("he_normal")
    #expect(kept[19] > kept[0] / 5 && kept[19] < 5 * kept[0])
    let dying = try sizes("normal 0.05")
    #expect(dying[19] < 1e-6 * dying[0])
  }

  @Test func zerosMakeAllUnitsTheSame() throws {
    var spec = try Written.training(["dense 6", "tanh", "dense 1"], data: "moons samples=50")
    spec.initializer = try Written.term(.initializer, "constant 0.5")
    #expect(try Engine.signal(spec, files: Written.files).layers[0].distinctUnits == 1)
    spec.initializer = try Written.term(.initializer, "glorot_uniform")
    #expect(try Engine.signal(spec, files: Written.files).layers[0].distinctUnits == 6)
  }

  @Test func aTraceIsAStepOfDescent() throws {
    let spec = try Written.training(
      ["dense 3", "tanh", "dense 1"], data: "xor", optimizer: "sgd rate=0.5", batch: 4)
    let outcome = try Engine.trace(spec, files: Written.files)
    func matrix(_ pass: TraceOutcome.Pass, _ symbol: String) throws -> TraceOutcome.Matrix {
      try #require(
        outcome.matrices.first { $0.pass == pass && $0.symbol == symbol },
        "no \(symbol) among \(outcome.matrices.map(\.symbol))")
    }
    // W - η dE/dW, and dE/dW = δ xᵀ, by hand.
    let (before, after) = (try matrix(.forward, "W^{(1)}"), try matrix(.update, "W^{(1)}"))
    let gradient = try matrix(.backward, #"\frac{\partial E}{\partial W^{(1)}}"#)
    let (delta, x) = (try matrix(.backward, #"\delta^{(1)}"#), try matrix(.forward, "x"))
    #expect(delta.columns == 4 && x.columns == 4 && gradient.rows == 3 && gradient.columns == 2)
    for unit in 0..<3 {
      for input in 0..<2 {
        let place = unit * 2 + input
        var slope = 0.0
        for sample in 0..<4 {
          slope += delta.values[unit * 4 + sample] * x.values[input * 4 + sample]
        }
        #expect(abs(gradient.values[place] - slope) < 1e-15)
        #expect(after.values[place] == before.values[place] - 0.5 * gradient.values[place])
      }
    }
    #expect(outcome.lossAfterUpdate < outcome.loss)
  }
}
