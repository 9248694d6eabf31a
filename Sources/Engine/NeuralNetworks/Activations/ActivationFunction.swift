internal import Tensors

/// An activation of one variable with its derivative.
///
/// Plots, gradient checks and references use this definition; training in Float uses `kernel` where
/// there is one. The forms are stable: nothing overflows for a finite input with a finite value,
/// and tiny derivatives keep their relative accuracy. At a kink the derivative is PyTorch's.
protocol ActivationFunction: Sendable {
  /// - Precondition: `x` is a number.
  func value<S: Scalar>(_ x: S) -> S
  /// - Precondition: `x` is a number.
  func derivative<S: Scalar>(_ x: S) -> S
  /// Where the function or one of its first two derivatives jumps; gradient checks skip these
  /// points, because a difference across them has an error proportional to its step.
  var kinks: [Double] { get }
  /// The kernel that computes this function for Float; nil where there is none.
  var kernel: Function? { get }
  /// Whether Double may use the kernel as well: its derivative is accurate enough there and needs
  /// only the output, so that a dense layer can apply the function itself.
  var fusesInDouble: Bool { get }
  /// The gain that keeps a layer's variance: PyTorch's `calculate_gain` if it has the activation,
  /// else 1/√E f(z)² for standard normal z.
  var gain: Double { get }
}

extension ActivationFunction {
  var kinks: [Double] { [] }
  var kernel: Function? { nil }
  var fusesInDouble: Bool { false }
  var gain: Double { 1 }
}
