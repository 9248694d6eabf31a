internal import Tensors

/// The costs of the parts of a run, from shapes and counts alone: nothing is allocated.
struct CostEstimate {
  let problem: ProblemOutline
  var spec: TrainingSpec { problem.spec }
  /// Operations of the forward pass of one sample, memory traffic included.
  let forward: Quantity
  /// Calls of layers and parts of layers for one batch.
  let calls: Quantity
  let parameters: Quantity
  /// Numbers of the largest parameter, and of the largest value of a sample.
  let largestParameter: Quantity
  let widestValue: Quantity
  /// Numbers of all values of one sample.
  let values: Quantity
  let capacity: Quantity

  init(_ problem: ProblemOutline) {
    self.problem = problem
    let rows = Quantity(problem.capacity)
    capacity = rows
    var (forward, calls) = (problem.data.shape.quantity * Effort.element, Quantity(0))
    var (all, largest) = (Quantity(0), Quantity(0))
    var (values, widest) = (problem.data.shape.quantity, problem.data.shape.quantity)
    for node in problem.graph.nodes {
      let output = node.layer.output.quantity
      values += output
      widest = max(widest, output)
      let layer = LayerEffort(of: node.layer, rows: rows)
      forward += layer.sample
      calls += layer.calls
      for parameter in node.layer.parameters {
        all += parameter.shape.quantity
        largest = max(largest, parameter.shape.quantity)
      }
    }
    (self.forward, self.calls) = (forward, calls)
    (parameters, largestParameter) = (all, largest)
    (self.values, widestValue) = (values, widest)
  }

  // MARK: - Operations

  /// Operations of one sample's loss and its gradient.
  private var loss: Quantity {
    let loss = problem.head.loss
    let effort =
      loss.name.hasPrefix("focal")
      ? Effort.powerLoss
      : loss.hasKernel ? Effort.loss : Effort.elementwiseLoss
    return problem.graph.output.quantity * effort
  }

  /// Operations of a forward pass over a number of samples in batches.
  func passes(_ samples: Quantity) -> Quantity {
    let batches = samples.divided(by: capacity.value) + 1
    return samples * forward + batches * (calls * Effort.call + Effort.step)
      + samples * (Quantity(problem.head.rowsPerSample) * Effort.judged + loss)
  }

  /// Samples of all steps of the training, and the number of steps.
  private var trained: (samples: Quantity, steps: Quantity) {
    let epochs = Quantity(problem.epochs)
    var steps = epochs * Quantity(problem.stepsPerEpoch)
    if case .steps(let most) = spec.length { steps = min(steps, Quantity(most)) }
    return (min(capacity * steps, Quantity(problem.trainCount) * epochs), steps)
  }

  /// Operations of all steps of the training.
  var training: Quantity {
    let (samples, steps) = trained
    let rule = OptimizerCost(spec.optimizer, parameters: parameters)
    let pass = samples * (forward + loss.divided(by: 3)) + steps * calls * Effort.call
    // The backward pass has two products for each one of the forward pass.
    return pass * (rule.gradients * 3 + rule.losses)
      + steps * (rule.update + rule.gradients * Effort.step + rule.losses * Effort.step)
      + Quantity(problem.epochs) * (Quantity(problem.trainCount) * Effort.shuffled + Effort.step)
  }

  /// Entries of the history.
  var entries: Quantity {
    let epochs = Quantity(problem.epochs)
    return (problem.isWatched ? epochs : epochs.divided(by: Double(problem.interval))) + 2
      + Quantity(spec.frameEpochs.count)
  }

  private var frames: Quantity { Quantity(spec.frameEpochs.count + 1) }

  /// Operations of the recordings during the training and at its end.
  var recording: Quantity {
    let recordings = spec.recordings
    let data = Quantity(problem.data.count)
    var total = entries * passes(data)
    if recordings.contains(.layers) {
      total +=
        entries
        * (3 * passes(capacity) + capacity * values * 60 * Effort.element
          + parameters * Effort.element)
    }
    if recordings.contains(.boundary) {
      total += frames * (passes(4096) + data * Effort.scalar * 10)
    }
    if recordings.contains(.fit) { total += frames * (passes(201) + data * Effort.scalar * 10) }
    if recordings.contains(.confusion) {
      total += passes(data) + data * problem.data.shape.quantity
    }
    if recordings.contains(.landscape) {
      let places = Quantity(Landscape.side * Landscape.side)
      let ways = min(entries, Quantity(Landscape.differenceLimit))
      total +=
        places
        * (passes(Quantity(min(problem.trainCount, Landscape.sampleLimit)))
          + parameters * Effort.scalar * 15)
        + (ways * ways + 4 * entries) * parameters * Effort.scalar
    }
    if recordings.contains(.weights) { total += parameters * Effort.scalar * 10 }
    return total
  }

  // MARK: - Bytes

  /// Bytes of a plan's workspace: the plan itself measures them, without memory.
  func workspace<S: Scalar>(
    of type: S.Type, keepsEverything: Bool, isTrained: Bool
  ) throws(EngineError) -> Quantity {
    // Above this many numbers views cannot be planned, and no machine could hold them.
    guard capacity * values + parameters < Quantity(1e11) else {
      return 8 * (2 * capacity * values + parameters)
    }
    var options = ExecutionPlan<S>.Options(
      capacity: problem.capacity, keepsEverything: keepsEverything, wantsInputGradient: false)
    options.hasMemory = false
    let (head, spec) = (problem.head, spec)
    let plan = try ExecutionPlan<S>(problem.graph, options) {
      plan, parameters, gradients throws(EngineError) in
      if head.targetColumns > 0 {
        _ = plan.reserve(rows: options.capacity, columns: head.targetColumns)
      }
      // The state of CMA-ES is outside of the workspace and must not be allocated here.
      if isTrained, spec.optimizer.name != "cma_es" {
        _ = try Optimizer<S>(
          spec.optimizer, parameters: parameters, gradient: gradients, plan: &plan,
          weightDecay: spec.weightDecay)
      }
    }
    return plan.plannedBytes.map { Quantity($0) } ?? .maximum
  }

  /// Bytes of the samples as the plan reads them, of their standardized copy, and of permutations.
  func samples(_ width: Quantity) -> Quantity {
    let data = problem.data
    let targets = Quantity(problem.head.targetColumns) * Quantity(data.count)
    var bytes = width * (data.values + targets) + 20 * Quantity(data.count)
    if spec.standardizes { bytes += 4 * (data.values + data.targetValues) }
    // Labels are converted to Double first.
    if case .classes = data.targets { bytes += 20 * targets }
    return bytes
  }

  /// Bytes of the recordings.
  var recorded: Quantity {
    let recordings = spec.recordings
    var bytes = entries * 100 + Quantity(problem.epochs) * 8
    if recordings.contains(.layers) {
      bytes += entries * Quantity(problem.graph.nodes.count) * 150 + capacity * widestValue * 8
    }
    if recordings.contains(.landscape) {
      bytes += 4 * parameters * entries
      bytes += 8 * parameters * (min(entries, Quantity(Landscape.differenceLimit)) + 8)
    }
    if recordings.contains(.weights) { bytes += 40 * parameters }
    if recordings.contains(.filters) { bytes += 12 * largestParameter }
    let points = frames * Quantity(problem.data.count)
    if recordings.contains(.boundary) { bytes += 40 * points + frames * 4096 * 20 }
    if recordings.contains(.fit) { bytes += 32 * points }
    if spec.stop != nil { bytes += 4 * parameters }
    return bytes
  }
}
