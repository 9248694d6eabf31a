internal import Tensors

/// Compares gradients with central differences, parameter by parameter.
struct GradientCheck {
  private let problem: Problem
  private let trainer: Trainer<Double>
  /// The maximum number of elements that are checked in one parameter.
  static let limit = 200

  init(_ problem: Problem, _ trainer: Trainer<Double>) {
    self.problem = problem
    self.trainer = trainer
  }

  func run(_ isCancelled: () -> Bool) throws(EngineError) -> CheckOutcome {
    let plan = trainer.plan
    let rows = problem.capacity
    let states = plan.stateViews.map { $0.map { plan.memory.elements($0) } }
    func loss() -> Double {
      let loss = trainer.gradient(problem.trainIndices.span.extracting(first: rows))
      // A pass updates the running statistics, which must not drift.
      for (views, values) in zip(plan.stateViews, states) {
        for (view, value) in zip(views, values) { plan.memory.set(view, value) }
      }
      return loss
    }
    let base = loss()
    let gradients = plan.memory.elements(plan.gradients)
    var result: [CheckOutcome.Row] = []
    for (index, node) in problem.graph.nodes.enumerated() where !node.isFrozen {
      for (place, spec) in node.layer.parameters.enumerated() {
        let view = plan.parameterViews[index][place]
        var row = CheckOutcome.Row(
          number: node.number ?? 0, path: node.path, layer: node.label, parameter: spec.name,
          count: view.count, relativeError: 0, worstIndex: 0, analytic: 0, numeric: 0, kinks: 0)
        let values = plan.memory[view]
        let start = view.offset - plan.parameters.offset
        let step = max(1, (view.count + Self.limit - 1) / Self.limit)
        for element in stride(from: 0, to: view.count, by: step) {
          if isCancelled() { throw .canceled }
          let value = values[element]
          let h = 4e-4 * max(1, value.magnitude)
          func at(_ offset: Double) -> (loss: Double, sides: [Bool]) {
            values[element] = value + offset
            let loss = loss()
            return (loss, sides(rows))
          }
          let (a, b, c, d) = (at(h), at(-h), at(h / 2), at(-h / 2))
          values[element] = value
          guard a.sides == b.sides, a.sides == c.sides, a.sides == d.sides else {
            row.kinks += 1
            continue
          }
          let (wide, near) = ((a.loss - b.loss) / (2 * h), (c.loss - d.loss) / h)
          let numeric = near + (near - wide) / 3
          let analytic = gradients[start + element]
          // The part of the difference that rounding of the loss explains.
          let noise = 16 * Double.ulpOfOne * max(1, base.magnitude) / h
          let difference = max(0, (analytic - numeric).magnitude - noise)
          let error = difference / max(1e-8, analytic.magnitude + numeric.magnitude)
          if error > row.relativeError || element == 0 || error.isNaN {
            row.relativeError = error
            row.worstIndex = element
            row.analytic = analytic
            row.numeric = numeric
          }
        }
        result.append(row)
      }
    }
    return CheckOutcome(description: problem.description, rows: result, loss: base)
  }

  /// The side of each kink that every activation's input is on, and the order of inputs that are
  /// compared.
  private func sides(_ rows: Int) -> [Bool] {
    let plan = trainer.plan
    var sides: [Bool] = []
    for (index, node) in problem.graph.nodes.enumerated() {
      let input = plan.values[node.inputs[0]]!.first(rows)
      switch node.layer.kind {
      case .activation(let layer):
        let kinks = layer.function.kinks
        guard !kinks.isEmpty else { continue }
        for x in plan.memory.elements(input) { for kink in kinks { sides.append(x > kink) } }
      case .trainedActivation(let layer):
        let values = plan.parameterViews[index].map { plan.memory.elements($0) }
        // The two formulas of soft_exponential meet at α = 0.
        if layer.form == .softExponential { sides.append(values[0][0] > 0) }
        let kinks = layer.kinks(values)
        for x in plan.memory.elements(input) { for kink in kinks { sides.append(x > kink) } }
      case .randomizedReLU:
        for x in plan.memory.elements(input) { sides.append(x > 0) }
      case .pool(let pool) where pool.form == .maximum:
        appendOrder(
          plan.memory.elements(plan.values[node.inputs[0]]!.first(rows)), pool, rows, &sides)
      case .vectorActivation(let layer) where layer.isSparsemax:
        // Its formula changes where an output leaves 0.
        let shares = plan.values[index + 1]!.first(rows)
        for share in plan.memory.elements(shares) { sides.append(share > 0) }
      case .vectorActivation:
        let width = input.columns
        let x = plan.memory.elements(input)
        for row in 0..<rows {
          for column in 0..<width {
            sides.append(x[row * width + column] > 0)
            if column > 0 { sides.append(x[row * width + column] > x[row * width + column - 1]) }
          }
        }
      default: continue
      }
    }
    return sides
  }

  /// Appends the position of the maximum of each window, in bits.
  private func appendOrder(_ x: [Double], _ pool: Pool, _ rows: Int, _ sides: inout [Bool]) {
    for plane in 0..<rows * pool.channels {
      for row in 0..<pool.outHeight {
        for column in 0..<pool.outWidth {
          var best = -Double.infinity
          var place = 0
          for i in 0..<pool.size.height {
            for j in 0..<pool.size.width {
              let y = row * pool.stride.y - pool.padding.y + i * pool.dilation.y
              let z = column * pool.stride.x - pool.padding.x + j * pool.dilation.x
              guard y >= 0, z >= 0, y < pool.height, z < pool.width else { continue }
              let value = x[(plane * pool.height + y) * pool.width + z]
              if value > best {
                best = value
                place = i * pool.size.width + j
              }
            }
          }
          for bit in 0..<6 { sides.append(place >> bit & 1 == 1) }
        }
      }
    }
  }
}
