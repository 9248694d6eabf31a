internal import Tensors

extension ProblemOutline {
  /// - Throws: `EngineError.option` for a recording that these data or this network do not have.
  func checkRecordings() throws(EngineError) {
    let wanted = spec.recordings
    if wanted.contains(.boundary) {
      guard case .classes = data.targets, data.shape == Shape(2) else {
        throw .option(
          "show",
          problem: "a boundary needs two inputs and classes, not samples of \(data.shape)"
            + " with \(data.targetDescription)")
      }
      try checkClasses("a boundary needs")
    }
    if wanted.contains(.fit) {
      guard case .numbers(columns: 1) = data.targets, data.shape == Shape(1) else {
        throw .option("show", problem: "a fit needs one input and one number to predict")
      }
    }
    if wanted.contains(.confusion) || wanted.contains(.predictions) {
      if head.classes == 0 {
        throw .option("show", problem: "confusion and predictions need classes")
      }
      try checkClasses("confusion and predictions need")
    }
    let parameters = description.parameterCount
    if wanted.contains(.landscape), !(2...Landscape.parameterLimit).contains(parameters) {
      throw .option(
        "show",
        problem:
          "a landscape needs 2 to \(Landscape.parameterLimit) parameters, and the network has"
          + " \(parameters)")
    }
    if wanted.contains(.filters), firstFilterShape == nil {
      throw .option(
        "show", problem: "filters need images, and a first layer that is `conv` or `dense`")
    }
  }

  /// - Throws: `EngineError.option` unless the outputs predict classes.
  private func checkClasses(_ what: String) throws(EngineError) {
    guard !head.predictsClasses else { return }
    throw .option(
      "show",
      problem: head.classes < 2
        ? "\(what) two classes or more, and the data have \(head.classes)"
        : "\(what) outputs that predict a class, which those of `\(head.loss.name)` do not")
  }

  /// The shape of one unit's incoming weights in the first weight layer, if they are an image.
  var firstFilterShape: Shape? {
    guard let node = graph.nodes.first(where: { $0.number != nil }) else { return nil }
    let shape = node.layer.parameters[0].shape
    if shape.rank == 4 { return Shape(Array(shape.extents.dropFirst())) }
    return node.layer.dense != nil && data.shape.rank == 3 && shape.extents[1] == data.shape.count
      ? data.shape : nil
  }
}

extension Problem {
  func checkRecordings() throws(EngineError) { try outline.checkRecordings() }
  var firstFilterShape: Shape? { outline.firstFilterShape }

  /// An input as it was before it was standardized.
  func original(_ value: Double, column: Int) -> Double {
    scaling.map { value * $0.deviation[column] + $0.mean[column] } ?? value
  }

  func originalTarget(_ value: Double) -> Double {
    scaling.map {
      $0.targetDeviation.isEmpty ? value : value * $0.targetDeviation[0] + $0.targetMean[0]
    }
      ?? value
  }
}

/// The outputs of a trained network for inputs that need not be samples.
struct Visualizations<S: Scalar> {
  let problem: Problem
  let plan: ExecutionPlan<S>

  /// Passes inputs forward in batches.
  private func forward(
    _ count: Int, _ input: (Int) -> [Double], _ read: (_ start: Int, _ rows: Int) -> Void
  ) {
    for start in stride(from: 0, to: count, by: plan.capacity) {
      let rows = min(plan.capacity, count - start)
      plan.memory.set(
        plan.input.first(rows), (start..<start + rows).flatMap { input($0).map { S($0) } })
      plan.forward(StepContext(rows: rows, isTraining: false, seed: 0, number: 0))
      read(start, rows)
    }
  }

  private func range(_ column: Int) -> ClosedRange<Double> {
    let columns = problem.data.shape.count
    let values = (0..<problem.data.count).map { Double(problem.data.inputs[$0 * columns + column]) }
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    let margin = low == high ? 0.5 : 0.08 * (high - low)
    return .init(spanning: low - margin, high + margin)
  }

  func boundary(epoch: Int) -> BoundaryFrame {
    let side = 64
    let (xs, ys) = (range(0), range(1))
    func place(_ range: ClosedRange<Double>, _ index: Int) -> Double {
      range.lowerBound
        + (range.upperBound - range.lowerBound) * (Double(index) + 0.5) / Double(side)
    }
    var classes: [Int] = []
    var confidence: [Double] = []
    forward(side * side, { [place(xs, $0 % side), place(ys, $0 / side)] }) { _, rows in
      let predicted = problem.head.classes(of: plan, rows: rows)
      let probabilities = problem.head.probabilities(of: plan, rows: rows)
      for row in 0..<rows {
        classes.append(Int(predicted[row]))
        confidence.append(probabilities[row][Int(predicted[row])])
      }
    }
    let test = Set(problem.testIndices)
    func original(_ range: ClosedRange<Double>, _ column: Int) -> ClosedRange<Double> {
      .init(
        spanning: problem.original(range.lowerBound, column: column),
        problem.original(range.upperBound, column: column))
    }
    return BoundaryFrame(
      epoch: epoch, xRange: original(xs, 0), yRange: original(ys, 1), columns: side, rows: side,
      classes: classes, confidence: confidence,
      points: (0..<problem.data.count).map { index in
        .init(
          x: problem.original(Double(problem.data.inputs[2 * index]), column: 0),
          y: problem.original(Double(problem.data.inputs[2 * index + 1]), column: 1),
          label: Int(problem.data.label(index, 0)), isTest: test.contains(Int32(index)))
      })
  }

  func fit(epoch: Int) -> FitFrame {
    let count = 201
    let range = range(0)
    let x = (0..<count).map {
      range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count - 1)
    }
    var y: [Double] = []
    forward(count, { [x[$0]] }) { _, rows in
      let output = plan.memory.elements(plan.output.first(rows))
      let width = plan.output.columns
      for row in 0..<rows { y.append(problem.originalTarget(output[row * width].double)) }
    }
    guard case .numbers(let targets, _, _) = problem.data.targets else { preconditionFailure() }
    let test = Set(problem.testIndices)
    return FitFrame(
      epoch: epoch, x: x.map { problem.original($0, column: 0) }, y: y,
      points: (0..<problem.data.count).map { index in
        .init(
          x: problem.original(Double(problem.data.inputs[index]), column: 0),
          y: problem.originalTarget(Double(targets[index])), isTest: test.contains(Int32(index)))
      })
  }

  /// The samples that were held out, or all if none were.
  private var evaluated: [Int32] {
    problem.testIndices.isEmpty ? problem.trainIndices : problem.testIndices
  }

  private func sample(_ index: Int32) -> [Double] {
    let columns = problem.data.shape.count
    return problem.data.inputs[Int(index) * columns..<(Int(index) + 1) * columns].map { Double($0) }
  }

  func confusion() -> Confusion {
    let names = problem.data.classNames ?? []
    var counts = [[Int]](repeating: [Int](repeating: 0, count: names.count), count: names.count)
    let width = problem.head.rowsPerSample
    forward(evaluated.count, { sample(evaluated[$0]) }) { start, rows in
      let predicted = problem.head.classes(of: plan, rows: rows)
      for row in predicted.indices {
        let label = problem.data.label(Int(evaluated[start + row / width]), row % width)
        counts[Int(label)][Int(predicted[row])] += 1
      }
    }
    return Confusion(names: names, counts: counts)
  }

  func predictions(limit: Int = 24) -> [Prediction] {
    guard problem.head.rowsPerSample == 1 else { return [] }
    var result: [Prediction] = []
    let shown = evaluated.prefix(limit)
    forward(shown.count, { sample(shown[$0]) }) { start, rows in
      let predicted = problem.head.classes(of: plan, rows: rows)
      let probabilities = problem.head.probabilities(of: plan, rows: rows)
      for row in 0..<rows {
        let index = shown[start + row]
        result.append(
          Prediction(
            shape: problem.data.shape,
            input: sample(index).enumerated().map { problem.original($1, column: $0) },
            label: Int(problem.data.label(Int(index), 0)), predicted: Int(predicted[row]),
            probabilities: probabilities[row]))
      }
    }
    return result
  }

  func filters(limit: Int = 64) -> [Filter] {
    guard let shape = problem.firstFilterShape,
      let index = problem.graph.nodes.firstIndex(where: { $0.number != nil })
    else { return [] }
    let spec = problem.graph.nodes[index].layer.parameters[0]
    let values = plan.values(plan.parameterViews[index][0], spec)
    let units = spec.shape.extents[0]
    return (0..<min(units, limit)).map { unit in
      Filter(
        unit: unit, shape: shape,
        values: Array(values[unit * shape.count..<(unit + 1) * shape.count]))
    }
  }

  /// The weights of each layer.
  func weights() -> [(unit: LayerUnit, values: [Double])] {
    LayerUnit.units(of: problem.graph).map { unit in
      let specs = problem.graph.nodes[unit.node].layer.parameters
      let values = zip(specs, plan.parameterViews[unit.node]).flatMap { spec, view in
        spec.role == .weight ? plan.memory.elements(view).map { $0.double } : []
      }
      return (unit, values)
    }
  }
}
