internal import Tensors

extension Engine {
  /// One step of a small network with every matrix, in Double. The batch is the first
  /// `spec.batch` samples of the data. Vectors of one sample are columns, as textbooks write them.
  package static func trace(
    _ spec: TrainingSpec, files: @escaping Files, shelf: Shelf? = nil
  ) throws(EngineError) -> TraceOutcome {
    var spec = spec
    spec.testShare = 0
    let problem = try Problem(spec, files: files, shelf: shelf)
    var trainer = try Trainer<Double>(
      problem,
      options: .init(
        capacity: problem.capacity, keepsEverything: true, wantsInputGradient: true))
    try trainer.plan.initialize(spec.initializer, seed: spec.seed)
    var trace = Trace(problem, trainer)
    return trace.run(&trainer)
  }
}

private struct Trace {
  private let problem: Problem
  private let plan: ExecutionPlan<Double>
  private var matrices: [TraceOutcome.Matrix] = []

  init(_ problem: Problem, _ trainer: Trainer<Double>) {
    self.problem = problem
    plan = trainer.plan
  }

  private var rows: Int { problem.capacity }

  /// One column a sample.
  private func columns(_ view: View) -> (rows: Int, columns: Int, values: [Double]) {
    let stored = plan.memory.elements(view.first(rows))
    let width = view.columns
    return (
      width, rows, (0..<stored.count).map { stored[$0 % rows * width + $0 / rows] }
    )
  }

  private mutating func add(
    _ pass: TraceOutcome.Pass, _ node: Int?, _ symbol: String, _ formula: String,
    _ matrix: (rows: Int, columns: Int, values: [Double])
  ) {
    let source = node.map { problem.graph.nodes[$0] }
    matrices.append(
      .init(
        pass: pass, number: source?.number, path: source?.path, symbol: symbol, formula: formula,
        rows: matrix.rows, columns: matrix.columns, values: matrix.values))
  }

  private func parameter(
    _ node: Int, _ place: Int, gradient: Bool = false
  ) -> (rows: Int, columns: Int, values: [Double])? {
    let spec = problem.graph.nodes[node].layer.parameters[place]
    guard
      let view = gradient ? plan.gradientViews[node][place] : plan.parameterViews[node][place]
    else { return nil }
    return (
      spec.shape.extents[0], spec.shape.count / spec.shape.extents[0], plan.values(view, spec)
    )
  }

  mutating func run(_ trainer: inout Trainer<Double>) -> TraceOutcome {
    let graph = problem.graph
    let order = problem.trainIndices.prefix(rows).map { $0 }
    let loss = trainer.gradient(order.span)
    var symbols = ["x"]
    var layer = 0
    let weightNames = graph.nodes.indices.map { index -> String in
      if graph.nodes[index].number != nil { layer += 1 }
      return "^{(\(layer))}"
    }
    add(.forward, nil, "x", #"\text{the input}"#, columns(plan.input))
    for (index, node) in graph.nodes.enumerated() {
      let above = weightNames[index]
      let inputs = node.inputs.map { symbols[$0] }
      let isWeighted = node.number != nil
      let symbol =
        isWeighted ? "z\(above)" : node.layer.activation != nil ? "a\(above)" : "h_{\(index + 1)}"
      symbols.append(symbols.contains(symbol) ? "h_{\(index + 1)}" : symbol)
      for place in node.layer.parameters.indices {
        if let matrix = parameter(index, place) {
          add(
            .forward, index, name(index, place, above), #"\text{given}"#, matrix)
        }
      }
      let formula: String
      if let dense = node.layer.dense {
        formula = "W\(above)\(inputs[0])" + (dense.hasBias ? "+b\(above)" : "")
      } else if case .join = node.layer.kind, node.name == "add" {
        formula = inputs.joined(separator: "+")
      } else {
        formula = #"\operatorname{"# + escaped(node.name) + "}(\(inputs.joined(separator: ", ")))"
      }
      add(.forward, index, symbols[index + 1], formula, columns(plan.values[index + 1]!))
    }
    let output = symbols[graph.nodes.count]
    if let numbers = trainer.batches.targets.numbers {
      add(.loss, nil, "t", #"\text{the target}"#, columns(numbers))
    }
    let entry = Registry.entry(.loss, problem.head.loss.name)
    let divisor = problem.head.loss.divisor(
      plan.memory, outputs: plan.values[graph.nodes.count]!.first(rows),
      targets: trainer.batches.targets)
    add(
      .loss, nil, "E",
      mean(of: ofLoss(entry?.formula ?? "", output), divisor, #"\sum"#), (1, 1, [loss]))
    add(
      .loss, nil, #"\frac{\partial E}{\partial "# + output + "}",
      mean(of: ofLoss(entry?.derivative ?? "", output), divisor, ""),
      columns(plan.valueGradients[graph.nodes.count]!))
    for index in graph.nodes.indices.reversed() {
      let node = graph.nodes[index]
      let above = weightNames[index]
      if node.number != nil {
        let delta = #"\delta"# + above
        let after = graph.activation(after: index) == nil ? "" : symbols[index + 2]
        add(
          .backward, index, delta,
          after.isEmpty
            ? #"\frac{\partial E}{\partial "# + symbols[index + 1] + "}"
            : #"\frac{\partial E}{\partial "# + after + #"}\odot f'("# + symbols[index + 1] + ")",
          columns(plan.valueGradients[index + 1]!))
        for place in node.layer.parameters.indices {
          guard let matrix = parameter(index, place, gradient: true) else { continue }
          let isBias = node.layer.parameters[place].role == .bias
          // A bias is added to every sample: what comes back is the sum over them.
          let factor =
            isBias ? (rows > 1 ? #"\mathbf{1}"# : "") : "{" + symbols[node.inputs[0]] + #"}^\top"#
          let formula = node.layer.dense != nil ? delta + factor : ""
          add(
            .backward, index, #"\frac{\partial E}{\partial "# + name(index, place, above) + "}",
            formula, matrix)
        }
        if let gradient = plan.valueGradients[node.inputs[0]] {
          add(
            .backward, index, #"\frac{\partial E}{\partial "# + symbols[node.inputs[0]] + "}",
            node.layer.dense != nil ? "{W\(above)}^\\top" + delta : "", columns(gradient))
        }
      }
    }
    _ = trainer.step(order.span)
    for (index, node) in graph.nodes.enumerated() {
      for place in node.layer.parameters.indices {
        guard let matrix = parameter(index, place) else { continue }
        let symbol = name(index, place, weightNames[index])
        add(
          .update, index, symbol,
          problem.spec.optimizer.name == "sgd"
            ? symbol + #"-\eta\frac{\partial E}{\partial "# + symbol + "}"
            : Registry.entry(.optimizer, problem.spec.optimizer.name)?.formula ?? "", matrix)
      }
    }
    let after = trainer.gradient(order.span)
    return TraceOutcome(
      description: problem.description, matrices: matrices, loss: loss, lossAfterUpdate: after)
  }

  /// A loss's formula, which the registry writes in p or x and y, in the symbols of this network: its
  /// output and the target t.
  private func ofLoss(_ formula: String, _ output: String) -> String {
    let withNames = ["operatorname", "text", "mathrm", "begin", "end"]
    var result = ""
    var rest = formula[...]
    while let character = rest.popFirst() {
      switch character {
      case "\\":
        let command = rest.prefix { $0.isLetter }
        rest = rest[command.endIndex...]
        result += "\\" + command
        if withNames.contains(String(command)), let end = rest.firstIndex(of: "}") {
          result += rest[...end]
          rest = rest[rest.index(after: end)...]
        }
      case "p", "x": result += output
      case "y": result += "t"
      default: result.append(character)
      }
    }
    return result
  }

  /// The formula of one number or sample, made that of the batch's mean.
  private func mean(of formula: String, _ divisor: Double, _ sum: String) -> String {
    guard divisor != 1, !formula.isEmpty else { return formula }
    var depth = 0
    var hasTerms = false
    for (index, character) in formula.enumerated() {
      switch character {
      case "(", "{": depth += 1
      case ")", "}": depth -= 1
      case "+", "-": hasTerms = hasTerms || depth == 0 && index > 0
      default: break
      }
    }
    let share =
      #"\tfrac{1}{"# + (Int(exactly: divisor).map { "\($0)" } ?? "\(divisor)") + "}" + sum + " "
    if !hasTerms, sum.isEmpty, formula.first?.isNumber == true {
      return share + #"\cdot "# + formula
    }
    return share + (hasTerms ? #"\left("# + formula + #"\right)"# : formula)
  }

  private func name(_ node: Int, _ place: Int, _ above: String) -> String {
    let spec = problem.graph.nodes[node].layer.parameters[place]
    switch spec.name {
    case "weight": return "W\(above)"
    case "bias": return "b\(above)"
    default: return #"\mathrm{"# + escaped(spec.name) + "}\(above)"
    }
  }

  private func escaped(_ name: String) -> String {
    name.split(separator: "_").joined(separator: #"\_"#)
  }
}
