internal import CKernels

/// One step of an optimizer over all parameters at once. Formulas follow PyTorch.
package enum ParameterUpdate: Hashable, Sendable {
  /// `p -= rate·(g + decay·p)`
  case gradientDescent(rate: Double, decay: Double = 0)
  /// `v = momentum·v + (1 - dampening)·g` (the first time `v = g`), then `p -= rate·v`, or
  /// `p -= rate·(g + momentum·v)` with Nesterov's rule. State: v.
  case momentum(
    rate: Double, momentum: Double, dampening: Double = 0, nesterov: Bool = false,
    decay: Double = 0, isFirst: Bool)
  /// `m = β1·m + (1-β1)·g`, `v = β2·v + (1-β2)·g²`, `p -= rate·m̂/(√v̂ + ε)` at step `t` from 1.
  /// `decoupled` decays the parameters first (AdamW). State: m, v.
  case adam(
    rate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8,
    decay: Double = 0, decoupled: Bool = false, step: Int)
  /// `v = α·v + (1-α)·g²`, `p -= rate·g/(√v + ε)`. State: v.
  case rmsProp(rate: Double, alpha: Double = 0.99, epsilon: Double = 1e-8, decay: Double = 0)
  /// `v += g²`, `p -= rate·g/(√v + ε)`. State: v.
  case adagrad(rate: Double, epsilon: Double = 1e-10, decay: Double = 0)
}

extension ParameterUpdate {
  var foreign: ck_update {
    var update = ck_update()
    update.correction1 = 1
    update.correction2 = 1
    switch self {
    case .gradientDescent(let rate, let decay):
      update.kind = Int32(CK_SGD)
      update.rate = rate
      update.decay = decay
    case .momentum(let rate, let momentum, let dampening, let nesterov, let decay, let isFirst):
      update.kind = Int32(CK_MOMENTUM)
      update.rate = rate
      update.momentum = momentum
      update.dampening = dampening
      update.nesterov = nesterov ? 1 : 0
      update.decay = decay
      update.first = isFirst ? 1 : 0
    case .adam(let rate, let beta1, let beta2, let epsilon, let decay, let decoupled, let step):
      update.kind = Int32(CK_ADAM)
      update.rate = rate
      update.beta1 = beta1
      update.beta2 = beta2
      update.epsilon = epsilon
      update.decay = decay
      update.decoupled = decoupled ? 1 : 0
      update.correction1 = 1 - raised(beta1, to: step)
      update.correction2 = 1 - raised(beta2, to: step)
    case .rmsProp(let rate, let alpha, let epsilon, let decay):
      update.kind = Int32(CK_RMSPROP)
      update.rate = rate
      update.beta2 = alpha
      update.epsilon = epsilon
      update.decay = decay
    case .adagrad(let rate, let epsilon, let decay):
      update.kind = Int32(CK_ADAGRAD)
      update.rate = rate
      update.epsilon = epsilon
      update.decay = decay
    }
    return update
  }
}

/// Parameters with the state that an optimizer keeps of them: contiguous, alike, in one workspace.
package struct SteppingParameters: Hashable, Sendable {
  package var parameters: View
  /// Only where the rule names them.
  package var m: View?
  package var v: View?

  package init(_ parameters: View, m: View? = nil, v: View? = nil) {
    func fits(_ state: View?) -> Bool {
      guard let state else { return true }
      return state.count == parameters.count && state.isContiguous && parameters.isContiguous
    }
    precondition(fits(m) && fits(v), "the state does not fit parameters \(parameters)")
    self.parameters = parameters
    self.m = m
    self.v = v
  }

  /// Those of some of the parameters.
  package func part(_ view: View) -> SteppingParameters {
    let start = view.offset - parameters.offset
    precondition(
      view.isContiguous && start >= 0 && start + view.count <= parameters.count,
      "\(view) at \(view.offset) is not among the parameters")
    func shifted(_ state: View) -> View {
      View(offset: state.offset + start, rows: view.rows, columns: view.columns)
    }
    return SteppingParameters(view, m: m.map(shifted), v: v.map(shifted))
  }
}

extension Workspace {
  /// Applies one step to `parameters`, given their gradient and the optimizer's state.
  ///
  /// - Shapes: all of one size and contiguous; `m` and `v` only where the rule names them.
  package func update(
    _ parameters: View, gradient: View, m: View? = nil, v: View? = nil, _ rule: ParameterUpdate
  ) {
    setUpdate(rule)
    update(SteppingParameters(parameters, m: m, v: v), gradient: gradient)
  }

  /// The rule of all updates from now on, repeated calls included.
  package func setUpdate(_ rule: ParameterUpdate) { unsafe updateRule.pointee = rule.foreign }

  /// Applies one step by the rule of `setUpdate`.
  package func update(_ stepping: SteppingParameters, gradient: View) {
    let parameters = stepping.parameters
    precondition(
      parameters.count == gradient.count && parameters.isContiguous && gradient.isContiguous,
      "parameters \(parameters) and their gradient \(gradient) differ in size")
    checkState(of: stepping)
    var steps = unsafe ck_steps()
    unsafe steps.rule = UnsafePointer(updateRule)
    unsafe steps.count = parameters.count
    unsafe steps.parameters = pointer(parameters)
    unsafe steps.gradient = UnsafeRawPointer(pointer(gradient))
    unsafe steps.m = stepping.m.map { unsafe pointer($0) }
    unsafe steps.v = stepping.v.map { unsafe pointer($0) }
    guard threadLimit > 1, parameters.count >= Parallelism.smallestUpdate else {
      return unsafe make(ck_call(kind: Int32(CK_CALL_UPDATE), with: ck_operands(steps: steps)))
    }
    capturing.isComplete = false
    let job = unsafe UpdateJob(table: table, steps: steps)
    split(elements: parameters.count, atLeast: Parallelism.smallestUpdate) { start, end in
      job.run(start, end, MemoryLayout<Element>.stride)
    }
  }

  /// That there is the state which the rule reads.
  func checkState(of stepping: SteppingParameters) {
    let kind = unsafe updateRule.pointee.kind
    let needsM = kind == CK_MOMENTUM || kind == CK_ADAM
    let needsV = kind == CK_ADAM || kind == CK_RMSPROP || kind == CK_ADAGRAD
    precondition(
      (stepping.m != nil || !needsM) && (stepping.v != nil || !needsV),
      "the rule keeps a state that these parameters lack")
  }
}

/// What the parts of an update share: memory that the caller lends until all parts are done.
@safe private struct UpdateJob: @unchecked Sendable {
  let table: UnsafePointer<ck_table>
  let steps: ck_steps

  func run(_ start: Int, _ end: Int, _ stride: Int) {
    let offset = start * stride
    unsafe table.pointee.update(
      steps.rule, end - start, steps.parameters + offset, steps.gradient + offset,
      steps.m.map { unsafe $0 + offset }, steps.v.map { unsafe $0 + offset })
  }
}

/// `base` to a whole power by repeated squaring: the same bits everywhere.
private func raised(_ base: Double, to exponent: Int) -> Double {
  var result = 1.0
  var square = base
  var rest = exponent
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
