internal import Tensors

/// The matrices of one step, in the order in which they are computed, with symbols and formulas.
struct StepTracer {
  private let problem: Problem
  private let plan: ExecutionPlan<Double>
  private var matrices: [TraceOutcome.Matrix] = []
  /// TeX of each value: the input, then the output of each node.
  private var symbols = ["x"]
  /// By node: `^{(n)}` with the number of its weight layer, or of the one before it.
  private let superscripts: [String]

  init(_ problem: Problem, _ trainer: Trainer<Double>) {
    self.problem = problem
    plan = trainer.plan
    var layer = 0
    superscripts = problem.graph.nodes.map { node in
      if node.number != nil { layer += 1 }
      return "^{(\(layer))}"
    }
  }

  private var rows: Int { problem.capacity }
  private var graph: Graph { problem.graph }

  /// The whole step: forward, loss, backward, update.
  mutating func run(_ trainer: inout Trainer<Double>) -> TraceOutcome {
    let order = problem.trainIndices.prefix(rows).map { $0 }
    let loss = trainer.gradient(order.span)
    traceForward()
    traceLoss(loss, targets: trainer.batches.targets)
    for index in graph.nodes.indices.reversed() where graph.nodes[index].number != nil {
      traceBackward(index)
    }
    _ = trainer.step(order.span)
    traceUpdate()
    let after = trainer.gradient(order.span)
    return TraceOutcome(
      description: problem.description, matrices: matrices, loss: loss, lossAfterUpdate: after)
  }

  // MARK: - Phases

  private mutating func traceForward() {
    add(.forward, nil, "x", #"\text{the input}"#, columns(plan.input))
    for (index, node) in graph.nodes.enumerated() {
      let above = superscripts[index]
      let inputs = node.inputs.map { symbols[$0] }
      let symbol =
        node.number != nil
        ? "z\(above)" : node.layer.activation != nil ? "a\(above)" : "h_{\(index + 1)}"
      symbols.append(symbols.contains(symbol) ? "h_{\(index + 1)}" : symbol)
      for place in node.layer.parameters.indices {
        if let matrix = parameter(index, place) {
          add(.forward, index, name(index, place), #"\text{given}"#, matrix)
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
  }

  private mutating func traceLoss(_ loss: Double, targets: BatchTargets) {
    let output = symbols[graph.nodes.count]
    if let numbers = targets.numbers {
      add(.loss, nil, "t", #"\text{the target}"#, columns(numbers))
    }
    let entry = Registry.entry(.loss, problem.head.loss.name)
    let divisor = problem.head.loss.divisor(
      plan.memory, outputs: plan.values[graph.nodes.count]!.first(rows), targets: targets)
    add(
      .loss, nil, "E",
      mean(of: ofLoss(entry?.formula ?? "", output), divisor, #"\sum"#), (1, 1, [loss]))
    add(
      .loss, nil, derivative(output),
      mean(of: ofLoss(entry?.derivative ?? "", output), divisor, ""),
      columns(plan.valueGradients[graph.nodes.count]!))
  }

  /// The gradients of one weight layer: δ, those of its parameters and that of its input.
  private mutating func traceBackward(_ index: Int) {
    let node = graph.nodes[index]
    let delta = #"\delta"# + superscripts[index]
    let after = graph.activation(after: index) == nil ? "" : symbols[index + 2]
    add(
      .backward, index, delta,
      after.isEmpty
        ? derivative(symbols[index + 1])
        : derivative(after) + #"\odot f'("# + symbols[index + 1] + ")",
      columns(plan.valueGradients[index + 1]!))
    for place in node.layer.parameters.indices {
      guard let matrix = parameter(index, place, gradient: true) else { continue }
      let isBias = node.layer.parameters[place].role == .bias
      // A bias is added to every sample: its gradient is the sum over them.
      let factor =
        isBias ? (rows > 1 ? #"\mathbf{1}"# : "") : "{" + symbols[node.inputs[0]] + #"}^\top"#
      let formula = node.layer.dense != nil ? delta + factor : ""
      add(.backward, index, derivative(name(index, place)), formula, matrix)
    }
    if let gradient = plan.valueGradients[node.inputs[0]] {
      add(
        .backward, index, derivative(symbols[node.inputs[0]]),
        node.layer.dense != nil ? "{W\(superscripts[index])}^\\top" + delta : "", columns(gradient))
    }
  }

  private mutating func traceUpdate() {
    for (index, node) in graph.nodes.enumerated() {
      for place in node.layer.parameters.indices {
        guard let matrix = parameter(index, place) else { continue }
        let symbol = name(index, place)
        add(
          .update, index, symbol,
          problem.spec.optimizer.name == "sgd"
            ? symbol + #"-\eta"# + derivative(symbol)
            : Registry.entry(.optimizer, problem.spec.optimizer.name)?.formula ?? "", matrix)
      }
    }
  }

  // MARK: - Matrices

  /// A view's rows as columns, one for each sample.
  private func columns(_ view: View) -> (rows: Int, columns: Int, values: [Double]) {
    let stored = plan.memory.elements(view.first(rows))
    let width = view.columns
    return (
      width, rows, (0..<stored.count).map { stored[$0 % rows * width + $0 / rows] }
    )
  }

  /// A parameter or its gradient in the order of its shape (out, in, …); nil where it is not
  /// trained.
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

  // MARK: - Formulas

  /// ∂E/∂symbol.
  private func derivative(_ symbol: String) -> String {
    #"\frac{\partial E}{\partial "# + symbol + "}"
  }

  /// A loss's formula in the symbols of this network: the registry's p or x become its output, y
  /// the target t.
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

  /// The formula of one number or sample as that of the batch's mean.
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

  private func name(_ node: Int, _ place: Int) -> String {
    let spec = problem.graph.nodes[node].layer.parameters[place]
    let above = superscripts[node]
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
