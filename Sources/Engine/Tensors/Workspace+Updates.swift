internal import CKernels

extension Workspace {
  /// Applies one step to `parameters`, given their gradient and the optimizer's state.
  ///
  /// - Shapes: all of one size and contiguous; `m` and `v` only if the rule needs them.
  package func update(
    _ parameters: View, gradient: View, m: View? = nil, v: View? = nil, _ rule: ParameterUpdate
  ) {
    setUpdate(rule)
    update(SteppingParameters(parameters, m: m, v: v), gradient: gradient)
  }

  /// Sets the rule of all following updates, replayed calls included.
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
      return unsafe execute(ck_call(kind: Int32(CK_CALL_UPDATE), with: ck_operands(steps: steps)))
    }
    callCapture.isComplete = false
    let job = unsafe UpdateJob(table: table, steps: steps)
    split(elements: parameters.count, atLeast: Parallelism.smallestUpdate) { start, end in
      job.run(start, end, MemoryLayout<Element>.stride)
    }
  }

  /// Checks that the state that the rule reads exists.
  func checkState(of stepping: SteppingParameters) {
    let kind = unsafe updateRule.pointee.kind
    let needsM = kind == CK_MOMENTUM || kind == CK_ADAM
    let needsV = kind == CK_ADAM || kind == CK_RMSPROP || kind == CK_ADAGRAD
    precondition(
      (stepping.m != nil || !needsM) && (stepping.v != nil || !needsV),
      "the rule keeps a state that these parameters lack")
  }
}

/// The operands that all parts of an update share; the caller keeps them alive until all parts are
/// done.
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
