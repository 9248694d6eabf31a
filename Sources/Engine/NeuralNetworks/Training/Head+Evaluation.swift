internal import Tensors

extension Head {
  /// The mean loss of the batch; its gradient is written to that of the output.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func evaluate<S: Scalar>(
    _ plan: ExecutionPlan<S>, _ targets: BatchTargets, rows: Int, wantsGradient: Bool
  ) -> S {
    loss.evaluate(
      plan.memory, outputs: rowsOf(plan.output, rows), targets: targets,
      gradient: wantsGradient ? rowsOf(plan.outputGradient, rows) : nil)
  }

  private func rowsOf(_ view: View, _ rows: Int) -> View {
    rowsPerSample == 1
      ? view.first(rows)
      : view.first(rows).reshaped(rows: rows * rowsPerSample, columns: outputs)
  }

  /// The predicted class of each row of the output.
  ///
  /// - Precondition: `predictsClasses`.
  func classes<S: Scalar>(of plan: ExecutionPlan<S>, rows: Int) -> [Int32] {
    precondition(predictsClasses, "\(outputs) outputs for \(classes) classes")
    let output = rowsOf(plan.output, rows)
    if output.columns == 1 {
      return plan.memory.elements(output).map { $0.double > threshold ? 1 : 0 }
    }
    return plan.memory.argMaxRows(output)
  }

  /// The probability of each class, (rows, K).
  func probabilities<S: Scalar>(of plan: ExecutionPlan<S>, rows: Int) -> [[Double]] {
    let view = rowsOf(plan.output, rows)
    let values = plan.memory.elements(view).map { $0.double }
    return (0..<view.rows).map { row in
      let outputs = Array(values[row * view.columns..<(row + 1) * view.columns])
      if view.columns == 1 {
        let one =
          switch interpretation {
          case .sigmoid, .sign: logistic(outputs[0])
          default: min(1, max(0, outputs[0]))
          }
        return [1 - one, one]
      }
      switch interpretation {
      case .softmax, .sign:
        let largest = outputs.max()!
        let powers = outputs.map { Double.exp($0 - largest) }
        let sum = powers.reduce(0, +)
        return powers.map { $0 / sum }
      case .sigmoid: return outputs.map { logistic($0) }
      case .plain, .numbers: return outputs
      }
    }
  }
}
