import Tensors
import Testing

@testable import NeuralNetworks

/// Every case of `layers.json`, in Double: output, and the gradients of input and parameters.
@Suite struct LayerReferenceTests {
  static let file = try? Reference.file("layers")
  private static var indices: Range<Int> { 0..<(file?["cases"].list.count ?? 0) }

  @Test func theFileIsThere() throws { #expect(!(try #require(Self.file)["cases"].list.isEmpty)) }

  private func pair(_ item: Reference, _ key: String) -> (Int, Int) {
    let values = item["config"][key].integers
    return (values[0], values[values.count - 1])
  }

  private func layer(_ item: Reference, input: Shape) throws -> (any Layer)? {
    let config = item["config"]
    func convolution(_ channels: Int, _ height: Int, _ width: Int, _ filters: Int) -> Convolution? {
      let (kernel, stride, padding) = (
        pair(item, "kernel"), pair(item, "stride"), pair(item, "padding")
      )
      let dilation = config.optional("dilation") == nil ? (1, 1) : pair(item, "dilation")
      return Convolution(
        channels: channels, height: height, width: width, filters: filters,
        kernelHeight: kernel.0, kernelWidth: kernel.1, strideY: stride.0, strideX: stride.1,
        padY: padding.0, padX: padding.1, dilationY: dilation.0, dilationX: dilation.1,
        groups: config.optional("groups")?.integer ?? 1)
    }
    switch item["layer"].text {
    case "linear":
      return Dense(
        input: config["in"].integer, units: config["out"].integer, hasBias: config["bias"].flag)
    case "conv2d":
      let geometry = convolution(
        input.extents[0], input.extents[1], input.extents[2], config["out_channels"].integer)
      return Convolution2D(geometry: try #require(geometry), hasBias: config["bias"].flag)
    case "conv_transpose2d":
      let output = item["output"].shape
      let geometry = convolution(output[1], output[2], output[3], input.extents[0])
      return TransposedConvolution(
        adjoint: try #require(geometry), hasBias: item["params"].optional("bias") != nil)
    case "max_pool2d", "avg_pool2d":
      let isMaximum = item["layer"].text == "max_pool2d"
      return try #require(
        Pool(
          isMaximum ? .maximum : .average(countsPadding: config["count_include_pad"].flag),
          input: input, size: pair(item, "kernel"), stride: pair(item, "stride"),
          padding: pair(item, "padding"), dilation: isMaximum ? pair(item, "dilation") : (1, 1),
          ceil: config["ceil_mode"].flag))
    case "global_avg_pool2d": return GlobalAveragePool(form: .pixels, input: input)
    case "batch_norm1d", "batch_norm2d":
      return BatchNorm(
        output: input, momentum: config["momentum"].number, epsilon: config["eps"].number)
    case "layer_norm", "rms_norm":
      return SampleNorm(
        output: input, groups: 1, plane: 1, epsilon: config["eps"].number,
        isRootMeanSquare: item["layer"].text == "rms_norm", period: input.count)
    case "group_norm":
      return SampleNorm(
        output: input, groups: config["groups"].integer,
        plane: input.count / config["channels"].integer, epsilon: config["eps"].number,
        period: input.count)
    case "embedding":
      return Embedding(
        steps: input.count, symbols: config["rows"].integer, size: config["dim"].integer)
    case "dropout":
      return Dropout(
        output: input, rate: config["p"].number, mask: config["mask"].numbers)
    case "flatten": return Reshape(output: Shape(input.count))
    default: return nil
    }
  }

  @Test(arguments: indices)
  func outputAndGradients(index: Int) throws {
    let item = try #require(Self.file)["cases"].list[index]
    let name = "\(item["layer"].text) \(index)"
    if item["layer"].text == "residual_add" { return try residual(item) }
    let x = item["input"][try #require(item["input"].keys.first)]
    let input = Shape(Array(x.shape.dropFirst()))
    let layer = try #require(try layer(item, input: input), "no layer for \(name)")
    let single = try SingleLayer<Double>(layer, input: input, rows: x.shape[0])
    #expect(layer.output.count * x.shape[0] == item["output"].numbers.count)
    single.set(layer.parameters.map { item["params"][$0.name].numbers })
    let isTraining = item["config"].optional("mode")?.text != "eval"
    let states = single.plan.stateViews[0]
    if let before = item.optional("running_before") {
      single.plan.memory.set(states[0], before["mean"].numbers)
      single.plan.memory.set(states[1], before["var"].numbers)
    }
    check(name, "output", single.forward(x.numbers, isTraining: isTraining), item["output"].numbers)
    if let after = item.optional("running_after") {
      check(name, "running mean", single.plan.memory.elements(states[0]), after["mean"].numbers)
      check(name, "running variance", single.plan.memory.elements(states[1]), after["var"].numbers)
    }
    let (dx, gradients) = single.backward(item["grad_output"].numbers, isTraining: isTraining)
    if let expected = item["grad_input"].optional("x") { check(name, "dx", dx, expected.numbers) }
    for (spec, gradient) in zip(layer.parameters, gradients) {
      check(name, "d\(spec.name)", gradient, item["grad_params"][spec.name].numbers)
    }
    #expect(item["grad_params"].keys.count == layer.parameters.count, "\(name)")
  }

  /// x + tanh(xWᵀ + b), as a graph.
  private func residual(_ item: Reference) throws {
    let x = item["input"]["x"]
    let units = x.shape[1]
    let dense = try Registry.term(.layer, "dense", ["units": .integer(units)])
    let tanh = try Registry.term(.activation, "tanh")
    let graph = try GraphBuilder.graph(
      [.residual([.term(dense), .term(tanh)])], input: Shape(units))
    for keeps in [true, false] {
      let plan = try ExecutionPlan<Double>(
        graph, .init(capacity: x.shape[0], keepsEverything: keeps, wantsInputGradient: true))
      let specs = graph.nodes[0].layer.parameters
      plan.set(plan.parameterViews[0][0], item["params"]["weight"].numbers, specs[0])
      plan.set(plan.parameterViews[0][1], item["params"]["bias"].numbers, specs[1])
      let step = StepContext(rows: x.shape[0], isTraining: true, seed: 0, number: 0)
      plan.memory.set(plan.input, x.numbers)
      plan.forward(step)
      check("residual", "output", plan.memory.elements(plan.output), item["output"].numbers)
      plan.memory.set(plan.outputGradient, item["grad_output"].numbers)
      plan.backward(step)
      check(
        "residual", "dx", plan.memory.elements(plan.valueGradients[0]!),
        item["grad_input"]["x"].numbers)
      for (index, key) in ["weight", "bias"].enumerated() {
        check(
          "residual", key, plan.values(plan.gradientViews[0][index]!, specs[index]),
          item["grad_params"][key].numbers)
      }
    }
  }

  private func check(_ name: String, _ what: String, _ found: [Double], _ expected: [Double]) {
    // Sums of up to a few hundred terms of size 1 to 10.
    let difference = excess(found, expected, relative: 1e-11, absolute: 1e-12)
    #expect(difference == nil, "\(name): \(what) \(difference ?? "")")
  }
}
