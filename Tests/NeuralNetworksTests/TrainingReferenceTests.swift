import Tensors
import Testing

@testable import NeuralNetworks

/// The runs of `training.json`: losses of every step and the last weights.
@Suite struct TrainingReferenceTests {
  static let file = try? Reference.file("training")

  private func layer(_ name: String, _ arguments: [String: Argument] = [:]) throws -> LayerSpec {
    let kind: Kind = Registry.entry(.layer, name) == nil ? .activation : .layer
    return .term(try Registry.term(kind, name, arguments))
  }

  private func dense(_ units: Int, bias: Bool = true) throws -> LayerSpec {
    try layer("dense", ["units": .integer(units), "bias": .flag(bias)])
  }

  /// A trainer with these samples in this order and these weights, in the layers' order.
  private func trainer<S: Scalar>(
    _ network: [LayerSpec], _ x: Reference, _ targets: Dataset.Targets, loss: String,
    optimizer: Term, batch: Int, weights: [[Double]], as type: S.Type = S.self
  ) throws -> Trainer<S> {
    let data = Dataset(
      name: "reference", shape: Shape(Array(x.shape.dropFirst())), count: x.shape[0],
      inputs: x.numbers.map { Float($0) }, featureNames: [], targets: targets,
      exact: exact(x, targets), isComplete: true)
    var spec = TrainingSpec(
      network: network, data: try Registry.term(.dataset, "xor"), optimizer: optimizer)
    spec.loss = try Registry.term(.loss, loss)
    spec.batch = batch
    let trainer = try Trainer<S>(NeuralNetworks.Problem(spec, data: data))
    var next = 0
    for (node, views) in zip(trainer.plan.graph.nodes, trainer.plan.parameterViews) {
      for (spec, view) in zip(node.layer.parameters, views) {
        trainer.plan.set(view, weights[next], spec)
        next += 1
      }
    }
    #expect(next == weights.count)
    return trainer
  }

  private func exact(_ x: Reference, _ targets: Dataset.Targets) -> Dataset.Exact {
    if case .numbers(let values, _, _) = targets {
      return .init(inputs: x.numbers, targets: values.map { Double($0) })
    }
    return .init(inputs: x.numbers, targets: [])
  }

  private func parameters<S: Scalar>(_ plan: ExecutionPlan<S>, gradients: Bool = false)
    -> [[Double]]
  {
    plan.graph.nodes.indices.flatMap { index in
      plan.graph.nodes[index].layer.parameters.indices.map { place in
        let spec = plan.graph.nodes[index].layer.parameters[place]
        return plan.values(
          gradients ? plan.gradientViews[index][place]! : plan.parameterViews[index][place], spec)
      }
    }
  }

  private func check(
    _ name: String, _ found: [[Double]], _ expected: Reference, _ keys: [String], relative: Double,
    absolute: Double
  ) {
    for (values, key) in zip(found, keys) {
      let difference = excess(
        values, expected[key].numbers, relative: relative, absolute: absolute)
      #expect(difference == nil, "\(name): \(key) \(difference ?? "")")
    }
  }

  @Test func xor() throws {
    let item = try #require(Self.file)["xor"]
    let keys = ["W1", "b1", "W2", "b2"]
    let targets = Dataset.Targets.numbers(
      item["t"].numbers.map { Float($0) }, columns: 1, names: ["t"])
    let units = item["initial"]["W1"].shape[0]
    for run in item["runs"].list {
      let loss = String(run["loss"].text.prefix { $0 != " " })
      let optimizer = try Registry.term(.optimizer, "sgd", ["rate": .number(run["lr"].number)])
      var trainer = try trainer(
        [dense(units), layer("tanh"), dense(1), layer("sigmoid")], item["x"], targets, loss: loss,
        optimizer: optimizer, batch: item["x"].shape[0],
        weights: keys.map { item["initial"][$0].numbers }, as: Double.self)
      let order = (0..<Int32(item["x"].shape[0])).map { $0 }
      var losses: [Double] = []
      for step in 0..<run["steps"].integer {
        losses.append(trainer.step(order.span))
        if step == 0 {
          check(
            "xor's first gradients", parameters(trainer.plan, gradients: true),
            run["first_gradients"], keys, relative: 1e-10, absolute: 1e-15)
        }
      }
      losses.append(trainer.gradient(order.span))
      for point in run["losses"].list {
        let difference = excess(
          [losses[point["step"].integer]], [point["loss"].number], relative: 1e-10)
        #expect(difference == nil, "xor \(loss): \(difference ?? "")")
      }
      check(
        "xor", parameters(trainer.plan), run["final"], keys, relative: 1e-10, absolute: 1e-10)
    }
  }

  @Test(arguments: [true, false]) func classifier(inDouble: Bool) throws {
    if inDouble {
      try classifier(Double.self, 1e-10)
    } else {
      // Fifty steps of Adam: each adds a few roundings, none is amplified much.
      try classifier(Float.self, 2e-4)
    }
  }

  private func classifier<S: Scalar>(_ type: S.Type, _ tolerance: Double) throws {
    let item = try #require(Self.file)["classifier"]
    let keys = ["W1", "b1", "W2", "b2", "W3", "b3"]
    let sizes = ["W1", "W2", "W3"].map { item["initial"][$0].shape[0] }
    let optimizer = try Registry.term(.optimizer, "adam", ["rate": .number(item["lr"].number)])
    let labels = item["t"].numbers.map { Int32(exactly: $0)! }
    var trainer = try trainer(
      [
        dense(sizes[0]), layer("relu"), dense(sizes[1]), layer("relu"), dense(sizes[2]),
        layer("softmax"),
      ],
      item["x"], .classes(labels, names: (0..<sizes[2]).map(String.init)), loss: "cross_entropy",
      optimizer: optimizer, batch: item["batch"].integer,
      weights: keys.map { item["initial"][$0].numbers }, as: S.self)
    let order = (0..<Int32(labels.count)).map { $0 }
    var losses: [Double] = []
    let batch = item["batch"].integer
    for _ in 0..<item["epochs"].integer {
      for start in stride(from: 0, to: order.count, by: batch) {
        let end = min(start + batch, order.count)
        losses.append(trainer.step(order.span.extracting(start..<end)))
        if losses.count == 1 {
          check(
            "classifier's first gradients", parameters(trainer.plan, gradients: true),
            item["first_gradients"], keys, relative: tolerance, absolute: tolerance / 100)
        }
      }
    }
    let difference = excess(
      losses, item["loss_per_step"].numbers, relative: tolerance, absolute: tolerance / 10)
    #expect(difference == nil, "classifier: \(difference ?? "")")
    check(
      "classifier", parameters(trainer.plan), item["final"], keys, relative: tolerance * 10,
      absolute: tolerance * 10)
    #expect(trainer.evaluate(order).accuracy == item["final_accuracy"].number)
  }

  @Test(arguments: [true, false]) func convolutional(inDouble: Bool) throws {
    if inDouble {
      try convolutional(Double.self, 1e-10)
    } else {
      try convolutional(Float.self, 2e-4)
    }
  }

  private func convolutional<S: Scalar>(_ type: S.Type, _ tolerance: Double) throws {
    let item = try #require(Self.file)["cnn"]
    let keys = ["conv_W", "conv_b", "W", "b"]
    let optimizer = try Registry.term(
      .optimizer, "sgd",
      ["rate": .number(item["lr"].number), "momentum": .number(item["momentum"].number)])
    let labels = item["t"].numbers.map { Int32(exactly: $0)! }
    let classes = item["initial"]["W"].shape[0]
    let filters = item["initial"]["conv_W"].shape[0]
    var trainer = try trainer(
      [
        layer("conv", ["filters": .integer(filters)]), layer("relu"), layer("max_pool"),
        layer("flatten"), dense(classes),
      ], item["x"], .classes(labels, names: (0..<classes).map(String.init)),
      loss: "cross_entropy", optimizer: optimizer, batch: labels.count,
      weights: keys.map { item["initial"][$0].numbers }, as: S.self)
    let order = (0..<Int32(labels.count)).map { $0 }
    var losses: [Double] = []
    for step in 0..<item["steps"].integer {
      losses.append(trainer.step(order.span))
      if step == 0 {
        check(
          "cnn's first gradients", parameters(trainer.plan, gradients: true),
          item["first_gradients"], keys, relative: tolerance, absolute: tolerance / 100)
      }
    }
    let difference = excess(losses, item["loss_per_step"].numbers, relative: tolerance)
    #expect(difference == nil, "cnn: \(difference ?? "")")
    check(
      "cnn", parameters(trainer.plan), item["final"], keys, relative: tolerance * 10,
      absolute: tolerance * 10)
  }

  @Test func deepNetworks() throws {
    let item = try #require(Self.file)["deep_tanh"]
    let width = item["x"].shape[1]
    let targets = Dataset.Targets.numbers(
      item["t"].numbers.map { Float($0) }, columns: width, names: [])
    for run in item["runs"].list {
      let scale = run["scale"].number
      let activation = run["activation"].text
      let network = try item["W"].list.flatMap { _ in
        [try dense(width, bias: false), try layer(activation)]
      }
      let data = Dataset(
        name: "deep", shape: Shape(width), count: item["x"].shape[0],
        inputs: item["x"].numbers.map { Float($0) }, featureNames: [], targets: targets,
        exact: .init(inputs: item["x"].numbers, targets: item["t"].numbers), isComplete: true)
      let spec = TrainingSpec(network: network, data: try Registry.term(.dataset, "xor"))
      let trainer = try Trainer<Double>(
        NeuralNetworks.Problem(spec, data: data),
        options: .init(capacity: data.count, keepsEverything: true))
      let plan = trainer.plan
      for (index, weights) in item["W"].list.enumerated() {
        plan.set(
          plan.parameterViews[2 * index][0], weights.numbers.map { $0 * scale },
          plan.graph.nodes[2 * index].layer.parameters[0])
      }
      let order = (0..<Int32(data.count)).map { $0 }
      let loss = trainer.gradient(order.span)
      #expect(excess([loss], [run["loss"].number], relative: 1e-10) == nil)
      let layers = item["W"].list.indices
      let gradients = layers.map { plan.memory.norm(plan.gradientViews[2 * $0][0]!) }
      #expect(
        excess(gradients, run["grad_norm_per_layer"].numbers, relative: 1e-9, absolute: 0) == nil)
      let deltas = layers.map { plan.memory.norm(plan.valueGradients[2 * $0 + 1]!) }
      #expect(
        excess(deltas, run["delta_norm_per_layer"].numbers, relative: 1e-9, absolute: 0) == nil)
      let sizes = layers.map { layer in
        let view = plan.values[2 * layer + 2]!
        return plan.memory.norm(view) / Double(view.count).squareRoot()
      }
      #expect(
        excess(sizes, run["activation_rms_per_layer"].numbers, relative: 1e-9, absolute: 0) == nil)
    }
  }
}
