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
