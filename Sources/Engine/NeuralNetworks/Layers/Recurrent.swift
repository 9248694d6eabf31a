internal import Tensors

/// A recurrent cell over the steps of a sequence: PyTorch's `RNN`, `LSTM` and `GRU` of one layer,
/// with the gates in PyTorch's order (i f g o; r z n). The state before the first step is 0.
///
/// - Shapes: x (T, F) → y (T, O) or, for the last state, (O); weight_ih (gates·O, F), weight_hh
///   (gates·O, O), bias_ih and bias_hh (gates·O).
/// - Source: Elman, *Finding structure in time* (1990); Hochreiter, Schmidhuber, *Long short-term
///   memory* (1997); Cho et al., *Learning phrase representations using RNN encoder-decoder*
///   (2014).
struct Recurrent: Layer {
  enum Cell: Int, Hashable, Sendable {
    case simple = 1
    case gru = 3
    case lstm = 4
    var gates: Int { rawValue }
  }

  let cell: Cell
  let steps: Int
  let features: Int
  let units: Int
  let givesAllSteps: Bool
  var initializer: Term?

  var output: Shape { givesAllSteps ? Shape(steps, units) : Shape(units) }
  var multiplyAdds: Int {
    saturatingProduct(steps, cell.gates, units, features + units)
  }

  var parameters: [ParameterSpec] {
    let bound = 1 / Double(units).squareRoot()
    func weight(_ name: String, _ columns: Int) -> ParameterSpec {
      ParameterSpec(
        name: name, shape: Shape(cell.gates * units, columns), isTransposed: true,
        initializer: initializer, torchBound: bound, blocks: cell.gates)
    }
    func bias(_ name: String) -> ParameterSpec {
      ParameterSpec(name: name, shape: Shape(cell.gates * units), role: .bias, torchBound: bound)
    }
    return [
      weight("weight_ih", features), weight("weight_hh", units), bias("bias_ih"), bias("bias_hh"),
    ]
  }

  var kind: AnyLayer.Kind { .recurrent(self) }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    let wide = cell.gates * units
    func rows(_ columns: Int) -> View {
      binding.plan.reserve(rows: binding.capacity, columns: columns)
    }
    return AnyOperation(
      RecurrentOperation<S>(
        layer: self, binding: binding,
        inputs: (0..<steps).map { _ in rows(wide) }, hidden: (0..<steps).map { _ in rows(wide) },
        states: (0...steps).map { _ in rows(units) }, cells: (0...steps).map { _ in rows(units) },
        dState: rows(units), dCell: rows(units), dInputs: rows(wide), dHidden: rows(wide)))
  }
}

private struct RecurrentOperation<S: Scalar>: Operation {
  let layer: Recurrent
  let binding: LayerBinding<S>
  /// For each step W_ih x + b_ih and W_hh h + b_hh, (N, gates·O); the gates overwrite the first.
  let inputs: [View]
  let hidden: [View]
  /// h and c before the first step and after each, (N, O).
  let states: [View]
  let cells: [View]
  let dState: View
  let dCell: View
  let dInputs: View
  let dHidden: View

  private func x(_ view: View, _ step: Int, _ rows: Int) -> View {
    view.first(rows).columns(step * layer.features..<(step + 1) * layer.features)
  }

  private func y(_ view: View, _ step: Int, _ rows: Int) -> View {
    view.first(rows).columns(step * layer.units..<(step + 1) * layer.units)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(_ memory: Workspace<S>, _ step: StepContext) {
    let rows = step.rows
    let units = layer.units
    memory.fill(states[0].first(rows), with: 0)
    memory.fill(cells[0].first(rows), with: 0)
    for t in 0..<layer.steps {
      let (a, b) = (inputs[t].first(rows), hidden[t].first(rows))
      memory.multiply(
        x(binding.inputs[0], t, rows), binding.parameters[0], into: a, bias: binding.parameters[2])
      memory.multiply(
        states[t].first(rows), binding.parameters[1], into: b, bias: binding.parameters[3])
      let (p, q) = (memory[a], memory[b])
      let (before, after) = (memory[states[t].first(rows)], memory[states[t + 1].first(rows)])
      let (oldCell, newCell) = (memory[cells[t].first(rows)], memory[cells[t + 1].first(rows)])
      for row in 0..<rows {
        for unit in 0..<units {
          let h = row * units + unit
          let g = row * layer.cell.gates * units + unit
          switch layer.cell {
          case .simple:
            p[g] = S.tanh(p[g] + q[g])
            after[h] = p[g]
          case .lstm:
            p[g] = logistic(p[g] + q[g])
            p[g + units] = logistic(p[g + units] + q[g + units])
            p[g + 2 * units] = S.tanh(p[g + 2 * units] + q[g + 2 * units])
            p[g + 3 * units] = logistic(p[g + 3 * units] + q[g + 3 * units])
            newCell[h] = p[g + units] * oldCell[h] + p[g] * p[g + 2 * units]
            after[h] = p[g + 3 * units] * S.tanh(newCell[h])
          case .gru:
            p[g] = logistic(p[g] + q[g])
            p[g + units] = logistic(p[g + units] + q[g + units])
            p[g + 2 * units] = S.tanh(p[g + 2 * units] + p[g] * q[g + 2 * units])
            after[h] = (1 - p[g + units]) * p[g + 2 * units] + p[g + units] * before[h]
          }
        }
      }
      if layer.givesAllSteps {
        memory.copy(states[t + 1].first(rows), into: y(binding.output, t, rows))
      }
    }
    if !layer.givesAllSteps {
      memory.copy(states[layer.steps].first(rows), into: binding.output.first(rows))
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(_ memory: Workspace<S>, _ step: StepContext) {
    guard let upstream = binding.outputGradient else { return }
    let rows = step.rows
    let units = layer.units
    let (dStates, dCells) = (dState.first(rows), dCell.first(rows))
    let (da, db) = (dInputs.first(rows), dHidden.first(rows))
    memory.fill(dCells, with: 0)
    if layer.givesAllSteps {
      memory.fill(dStates, with: 0)
    } else {
      memory.copy(upstream.first(rows), into: dStates)
    }
    for t in (0..<layer.steps).reversed() {
      if layer.givesAllSteps { memory.addScaled(y(upstream, t, rows), to: dStates) }
      let (p, q) = (memory[inputs[t].first(rows)], memory[hidden[t].first(rows)])
      let (dp, dq) = (memory[da], memory[db])
      let before = memory[states[t].first(rows)]
      let (oldCell, newCell) = (memory[cells[t].first(rows)], memory[cells[t + 1].first(rows)])
      let (dh, dc) = (memory[dStates], memory[dCells])
      for row in 0..<rows {
        for unit in 0..<units {
          let h = row * units + unit
          let g = row * layer.cell.gates * units + unit
          switch layer.cell {
          case .simple:
            dp[g] = dh[h] * (1 - p[g] * p[g])
            dq[g] = dp[g]
            dh[h] = 0
          case .lstm:
            let (i, f, c, o) = (p[g], p[g + units], p[g + 2 * units], p[g + 3 * units])
            let squashed = S.tanh(newCell[h])
            let total = dc[h] + dh[h] * o * (1 - squashed * squashed)
            dp[g] = total * c * i * (1 - i)
            dp[g + units] = total * oldCell[h] * f * (1 - f)
            dp[g + 2 * units] = total * i * (1 - c * c)
            dp[g + 3 * units] = dh[h] * squashed * o * (1 - o)
            for gate in 0..<4 { dq[g + gate * units] = dp[g + gate * units] }
            dc[h] = total * f
            dh[h] = 0
          case .gru:
            let (r, z, n) = (p[g], p[g + units], p[g + 2 * units])
            let dn = dh[h] * (1 - z) * (1 - n * n)
            dp[g + 2 * units] = dn
            dq[g + 2 * units] = dn * r
            dp[g] = dn * q[g + 2 * units] * r * (1 - r)
            dq[g] = dp[g]
            dp[g + units] = dh[h] * (before[h] - n) * z * (1 - z)
            dq[g + units] = dp[g + units]
            dh[h] *= z
          }
        }
      }
      let beta: Double = t == layer.steps - 1 ? 0 : 1
      if let gradient = binding.parameterGradients[0] {
        memory.multiply(
          x(binding.inputs[0], t, rows), da, into: gradient, transposing: .left, beta: beta)
      }
      if let gradient = binding.parameterGradients[1] {
        memory.multiply(states[t].first(rows), db, into: gradient, transposing: .left, beta: beta)
      }
      if let gradient = binding.parameterGradients[2] {
        memory.sumColumns(da, into: gradient, accumulating: beta == 1)
      }
      if let gradient = binding.parameterGradients[3] {
        memory.sumColumns(db, into: gradient, accumulating: beta == 1)
      }
      if let dx = binding.inputGradients[0] {
        memory.multiply(da, binding.parameters[0], into: x(dx, t, rows), transposing: .right)
      }
      memory.multiply(
        db, binding.parameters[1], into: dStates, transposing: .right, beta: 1)
    }
  }
}
