import Tensors
import Testing

@testable import NeuralNetworks

/// `worked_backprop.json`: one step of a small network with every intermediate number.
@Suite struct WorkedBackpropagationTests {
  static let file = try? Reference.file("worked_backprop")

  @Test(arguments: 0..<(file?["variants"].list.count ?? 0))
  func everyNumberOfTheStep(index: Int) throws {
    let file = try #require(Self.file)
    let variant = file["variants"].list[index]
    let keys = ["W1", "b1", "W2", "b2"]
    let targets = file["t"].numbers
    let data = Dataset(
      name: "worked", shape: Shape(file["x"].numbers.count), count: 1,
      inputs: file["x"].numbers.map { Float($0) }, featureNames: [],
      targets: .numbers(targets.map { Float($0) }, columns: targets.count, names: []),
      exact: .init(inputs: file["x"].numbers, targets: targets), isComplete: true)
    let kind = variant["loss"].text
    let losses = ["half_sum": "half_mse", "mean": "mse", "sum": "mse"]
    var spec = try Written.training(
      [
        "dense \(file["b1"].numbers.count)", "sigmoid", "dense \(file["b2"].numbers.count)",
        "sigmoid",
      ], data: "xor", optimizer: "sgd rate=\(file["lr"].number)")
    spec.loss = try Written.term(.loss, try #require(losses[kind], "no loss for \(kind)"))
    var trainer = try Trainer<Double>(
      NeuralNetworks.Problem(spec, data: data),
      options: .init(capacity: 1, keepsEverything: true, wantsInputGradient: true))
    let plan = trainer.plan
    let nodes = [0, 0, 2, 2]
    for (place, key) in keys.enumerated() {
      let node = nodes[place]
      plan.set(
        plan.parameterViews[node][place % 2], file[key].numbers,
        plan.graph.nodes[node].layer.parameters[place % 2])
    }
    func check(_ found: [Double], _ expected: Reference) {
      let difference = excess(found, expected.numbers, relative: 1e-13, absolute: 1e-16)
      #expect(difference == nil, "\(kind): \(expected.path) \(difference ?? "")")
    }
    func elements(_ view: View?) throws -> [Double] { plan.memory.elements(try #require(view)) }
    func loss() -> Double {
      plan.forward(StepContext(rows: 1, isTraining: true, seed: 1, number: 0))
      return trainer.problem.head.loss.evaluate(
        plan.memory, outputs: plan.output, targets: trainer.batches.targets,
        gradient: plan.outputGradient, reduction: kind == "sum" ? .sum : .mean)
    }
    let order: [Int32] = [0]
    trainer.batches.load(order.span, into: plan.input, plan.memory)
    check([loss()], variant["E"])
    for (value, key) in ["z1", "a1", "z2", "a2"].enumerated() {
      check(try elements(plan.values[value + 1]), file[key])
    }
    let outputs = try elements(plan.values[4])
    check(zip(outputs, targets).map { $0 - $1 }, variant["per_output_error"])
    check(try elements(plan.outputGradient), variant["dE_da2"])
    plan.backward(StepContext(rows: 1, isTraining: true, seed: 1, number: 0))
    let sigmoid = try #require(ScalarFunction(Written.term(.activation, "sigmoid")))
    for (value, key) in [(1, "1"), (3, "2")] {
      check(
        try elements(plan.values[value]).map { sigmoid.derivative($0) },
        variant["sigmoid_derivative\(key)"])
      check(try elements(plan.valueGradients[value]), variant["delta\(key)"])
    }
    check(try elements(plan.valueGradients[2]), variant["dE_da1"])
    check(try elements(plan.valueGradients[0]), variant["dx"])
    for (place, key) in keys.enumerated() {
      let node = nodes[place]
      let gradient = try #require(plan.gradientViews[node][place % 2])
      check(
        plan.values(gradient, plan.graph.nodes[node].layer.parameters[place % 2]),
        variant["d" + key])
    }
    trainer.optimizer.step(plan.memory)
    let after = variant["after_update"]
    for (place, key) in keys.enumerated() {
      let node = nodes[place]
      check(
        plan.values(
          plan.parameterViews[node][place % 2],
          plan.graph.nodes[node].layer.parameters[place % 2]), after[key])
    }
    check([loss()], after["E"])
  }
}
