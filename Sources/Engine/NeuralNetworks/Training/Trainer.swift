internal import Tensors

/// A network with its data and its optimizer.
struct Trainer<S: Scalar> {
  let problem: Problem
  let plan: ExecutionPlan<S>
  let batches: Batches<S>
  var optimizer: Optimizer<S>
  private let wholeSteps: ReplayedPass<S>
  /// The parameters, if nothing reads their gradients before they step.
  private let stepping: SteppingParameters?
  private var stepNumber = 0

  init(_ problem: Problem, options: ExecutionPlan<S>.Options? = nil) throws(EngineError) {
    self.problem = problem
    let spec = problem.spec
    let head = problem.head
    var made: Optimizer<S>?
    var numbers: View?
    let capacity = options?.capacity ?? problem.capacity
    plan = try ExecutionPlan<S>(
      problem.graph, options ?? .init(capacity: capacity, kernels: problem.kernels)
    ) {
      plan, parameters, gradients throws(EngineError) in
      if head.targetColumns > 0 {
        numbers = plan.reserve(rows: capacity, columns: head.targetColumns)
      }
      made = try Optimizer(
        spec.optimizer, parameters: parameters, gradient: gradients, plan: &plan, seed: spec.seed,
        weightDecay: spec.weightDecay)
    }
    optimizer = made!
    wholeSteps = ReplayedPass(entryLimit: plan.replayedPassLimit)
    stepping = spec.clipValue == nil && spec.clipNorm == nil ? optimizer.stepping : nil
    batches = try Batches(
      problem.data, head,
      targets: BatchTargets(capacity: capacity * head.rowsPerSample, numbers: numbers))
  }

  /// Takes one step on these samples.
  ///
  /// - Returns: The loss before the step.
  @specialized(where S == Float)
  @specialized(where S == Double)
  mutating func step(_ indices: Span<Int32>) -> Double {
    var step = StepContext(
      rows: indices.count, isTraining: true, seed: problem.spec.seed, number: stepNumber)
    stepNumber += 1
    if let stepping {
      step.stepping = stepping
      optimizer.begin(plan.memory)
      batches.select(indices)
      var loss: S?
      wholeSteps.run(plan.memory, step) { loss = wholeStep(step) }
      return (loss ?? plan.memory.lastLoss.mean()).double
    }
    batches.load(indices, into: plan.input, plan.memory)
    if optimizer.evaluation == .gradient {
      let loss = gradient(step)
      optimizer.step(plan.memory)
      return loss.double
    }
    let wantsGradient = optimizer.evaluation == .repeatedGradient
    let (plan, batches, problem) = (plan, batches, problem)
    return optimizer.step(plan.memory) {
      if wantsGradient { return Self.gradient(step, plan, batches, problem).double }
      plan.forward(step)
      return problem.head.evaluate(
        plan, batches.targets, rows: step.rows, wantsGradient: false
      ).double
    }
  }

  /// Loads the selected samples and steps the parameters.
  ///
  /// - Returns: The loss before the step.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private func wholeStep(_ step: StepContext) -> S {
    batches.load(step.rows, into: plan.input, plan.memory)
    plan.forward(step)
    let loss: S = problem.head.evaluate(
      plan, batches.targets, rows: step.rows, wantsGradient: true)
    plan.backward(step)
    return loss
  }

  private func gradient(_ step: StepContext) -> S { Self.gradient(step, plan, batches, problem) }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private static func gradient(
    _ step: StepContext, _ plan: ExecutionPlan<S>, _ batches: Batches<S>, _ problem: Problem
  ) -> S {
    plan.forward(step)
    let loss = problem.head.evaluate(
      plan, batches.targets, rows: step.rows, wantsGradient: true)
    plan.backward(step)
    if let limit = problem.spec.clipValue {
      GradientClipping.value(limit).apply(to: plan.gradients, in: plan.memory)
    }
    if let limit = problem.spec.clipNorm {
      GradientClipping.norm(limit).apply(to: plan.gradients, in: plan.memory)
    }
    return loss
  }

  /// Loss and gradient of one batch, without a step of the optimizer.
  func gradient(_ indices: Span<Int32>, isTraining: Bool = true) -> S {
    batches.load(indices, into: plan.input, plan.memory)
    return gradient(
      StepContext(
        rows: indices.count, isTraining: isTraining, seed: problem.spec.seed, number: stepNumber))
  }

  /// Mean loss and accuracy over these samples, outside of training.
  ///
  /// - Returns: NaN for no samples; no accuracy unless outputs predict classes.
  func evaluate(_ indices: [Int32]) -> (loss: Double, accuracy: Double?) {
    guard !indices.isEmpty else { return (.nan, nil) }
    let head = problem.head
    var sum = 0.0
    var right = 0
    for start in stride(from: 0, to: indices.count, by: plan.capacity) {
      let rows = min(plan.capacity, indices.count - start)
      batches.load(indices.span.extracting(start..<start + rows), into: plan.input, plan.memory)
      plan.forward(StepContext(rows: rows, isTraining: false, seed: 0, number: 0))
      let loss = head.evaluate(plan, batches.targets, rows: rows, wantsGradient: false)
      sum += loss.double * Double(rows)
      if head.predictsClasses {
        let predicted = head.classes(of: plan, rows: rows)
        for row in 0..<predicted.count {
          let sample = Int(indices[start + row / head.rowsPerSample])
          let label = problem.data.label(sample, row % head.rowsPerSample)
          if predicted[row] == label { right += 1 }
        }
      }
    }
    let rows = indices.count * head.rowsPerSample
    return (
      sum / Double(indices.count), head.predictsClasses ? Double(right) / Double(rows) : nil
    )
  }
}

extension Dataset {
  /// The class of a sample, or of one of its steps; -1 where targets are numbers.
  func label(_ sample: Int, _ step: Int) -> Int32 {
    switch targets {
    case .classes(let labels, _): labels[sample]
    case .steps(let labels, _): labels[sample * shape.extents[0] + step]
    case .numbers: -1
    }
  }
}
