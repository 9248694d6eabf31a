internal import Tensors

/// An operation of the engine whose cost can be estimated.
package enum EngineVerb: Hashable, Sendable {
  case train, signal, check, trace
}

extension Engine {
  /// The cost of a verb; nothing is allocated or run.
  ///
  /// - Parameter outlines: Returns outlines of data sets.
  /// - Throws: The errors of the verb itself about shapes, losses and recordings.
  package static func cost(
    of verb: EngineVerb, _ spec: TrainingSpec, outlines: Outlines
  ) throws(EngineError) -> Cost {
    var spec = spec
    if verb != .train {
      spec.recordings = []
      spec.pretraining = nil
    }
    let problem = try ProblemOutline(spec, data: outlines(spec.data))
    if verb == .train { try problem.checkRecordings() }
    let estimate = CostEstimate(problem)
    var cost =
      switch verb {
      case .train: try estimate.train(outlines)
      case .signal: try estimate.signal(outlines)
      case .check: try estimate.check(outlines)
      case .trace: try estimate.trace(outlines)
      }
    cost.factors = estimate.factors(verb)
    cost.operations += problem.data.operations + cost.numbers * Effort.number
    cost.bytes += cost.numbers * 16
    return cost
  }

  /// The cost of a data set's figure.
  package static func cost(of data: DatasetOutline) -> Cost {
    var numbers = Quantity(min(data.count, 2000)) * Quantity(DatasetOutline.axisLimit)
    if data.isImages { numbers += Quantity(min(data.count, 40)) * data.shape.quantity }
    if case .classes(let classes) = data.targets { numbers += Quantity(classes) }
    let isNarrow = data.shape.quantity <= 64
    return Cost(
      operations: data.operations + data.values * Effort.scalar * 6 + numbers * Effort.number,
      bytes: (isNarrow ? 8 * Quantity(data.count) : 8 * data.values) + numbers * 16,
      dataBytes: data.bytes, numbers: numbers, factors: factors(of: data))
  }

  /// The cost of a result of numbers that are computed one by one.
  package static func cost(ofNumbers numbers: Quantity) -> Cost {
    Cost(
      operations: numbers * (Effort.number + 50 * Effort.scalar), bytes: numbers * 16,
      numbers: numbers)
  }

  fileprivate static func factors(of data: DatasetOutline) -> [Cost.Factor] {
    let width = data.shape.quantity.value
    return [Cost.Factor(name: "samples", value: Double(data.count))]
      + (width > 2 ? [Cost.Factor(name: "numbers of a sample", value: width)] : [])
  }
}

extension CostEstimate {
  /// The cost of a training.
  func train(_ outlines: Engine.Outlines) throws(EngineError) -> Cost {
    let workspace = try self.workspace(
      of: Float.self, keepsEverything: spec.recordings.contains(.layers), isTrained: true)
    let rule = OptimizerCost(spec.optimizer, parameters: parameters)
    let own = samples(4) + workspace + rule.bytes
    let first = try weightPreparation(of: Float.self, outlines: outlines)
    return Cost(
      operations: training + recording + first.operations,
      bytes: own + max(first.bytes, recorded), dataBytes: problem.data.bytes + first.dataBytes,
      numbers: trainedNumbers)
  }

  /// Numbers of a training's result.
  private var trainedNumbers: Quantity {
    let recordings = spec.recordings
    let frames = Quantity(spec.frameEpochs.count + 1)
    let layers = Quantity(problem.graph.nodes.count)
    var count = entries * 7 + Quantity(problem.epochs) * 2 + layers * 8
    let weighted = Quantity(problem.graph.nodes.count { $0.number != nil })
    if recordings.contains(.layers) { count += weighted * entries * 9 }
    if recordings.contains(.weights) { count += weighted * 84 }
    let points = 4 * Quantity(problem.data.count)
    if recordings.contains(.boundary) { count += frames * 4096 * 2 + points }
    if recordings.contains(.fit) { count += frames * 400 + points }
    if recordings.contains(.landscape) { count += 1700 + entries * 3 }
    let classes = Quantity(problem.head.classes)
    if recordings.contains(.confusion) { count += classes * classes }
    if recordings.contains(.predictions) { count += 24 * (problem.data.shape.quantity + 3) }
    if recordings.contains(.filters) { count += largestParameter }
    return count
  }

  /// Numbers in the table of layers, which every verb about a network gives.
  private var layerNumbers: Quantity { Quantity(problem.graph.nodes.count) * 8 }

  /// The cost of one batch through an untrained network.
  func signal(_ outlines: Engine.Outlines) throws(EngineError) -> Cost {
    let workspace = try self.workspace(of: Float.self, keepsEverything: true, isTrained: true)
    let own = samples(4) + workspace
    let first = try weightPreparation(of: Float.self, outlines: outlines)
    // The outputs of each layer, their gradients and the columns of its units, in Double.
    let looking = 44 * capacity * widestValue + 64 * widestValue
    let weighted = Quantity(problem.graph.nodes.count { $0.number != nil })
    return Cost(
      operations: 3 * passes(capacity) + first.operations
        + capacity * values * Effort.statistic + parameters * Effort.element,
      bytes: own + max(first.bytes, looking), dataBytes: problem.data.bytes,
      numbers: layerNumbers + weighted * 110)
  }

  /// The cost of comparing gradients with differences.
  func check(_ outlines: Engine.Outlines) throws(EngineError) -> Cost {
    let workspace = try self.workspace(of: Double.self, keepsEverything: true, isTrained: true)
    let own = samples(8) + workspace
    let first = try weightPreparation(of: Double.self, outlines: outlines)
    let elements = problem.graph.nodes.flatMap { node in
      node.isFrozen
        ? [] : node.layer.parameters.map { min($0.shape.quantity, Quantity(GradientCheck.limit)) }
    }.sum
    // Each element is changed four times; every value is compared with kinks.
    let look =
      3 * capacity * (forward * Effort.double + values * Effort.doubleValue)
      + 3 * calls * Effort.call + capacity * values * Effort.scalar
    return Cost(
      operations: (4 * elements + 1) * look + first.operations,
      bytes: own + max(first.bytes, 8 * parameters + 16 * capacity * values),
      dataBytes: problem.data.bytes,
      numbers: layerNumbers + 8 * Quantity(problem.graph.nodes.count))
  }

  /// Numbers that a worked example prints.
  var traced: Quantity {
    let given = problem.graph.nodes.map { $0.layer.output.quantity }.sum
    return 3 * parameters + 3 * capacity * given
  }

  /// The cost of a worked example.
  func trace(_ outlines: Engine.Outlines) throws(EngineError) -> Cost {
    let workspace = try self.workspace(of: Double.self, keepsEverything: true, isTrained: true)
    let rule = OptimizerCost(spec.optimizer, parameters: parameters)
    let first = initialization
    return Cost(
      operations: 10 * passes(capacity) * Effort.double + first.operations + rule.update,
      bytes: samples(8) + workspace + rule.bytes + max(first.bytes, 16 * traced),
      dataBytes: problem.data.bytes, numbers: traced)
  }

  /// The numbers that an author can decrease, the largest first.
  func factors(_ verb: EngineVerb) -> [Cost.Factor] {
    var factors = Engine.factors(of: problem.data)
    func add(_ name: String, _ value: Double) { factors.append(.init(name: name, value: value)) }
    if verb == .train {
      if case .steps(let steps) = spec.length {
        add("steps", Double(steps))
      } else {
        add("epochs", Double(problem.epochs))
      }
      for name in ["population", "history", "iterations"] {
        if let value = spec.optimizer.number(name) { add(name, value) }
      }
      if let term = spec.pretraining, let epochs = term.number("epochs") {
        add("epochs of `pretrain`", epochs * max(1, term.number("k") ?? 1))
      }
    }
    add("batch", capacity.value)
    if let heaviest = problem.description.layers.max(by: { $0.multiplyAdds < $1.multiplyAdds }) {
      add("`\(heaviest.label)`", Double(heaviest.multiplyAdds))
    }
    if verb == .check { add("parameters", parameters.value) }
    if problem.graph.nodes.count > 50 { add("layers", Double(problem.graph.nodes.count)) }
    return factors.sorted { $0.value != $1.value ? $0.value > $1.value : $0.name < $1.name }
  }
}
