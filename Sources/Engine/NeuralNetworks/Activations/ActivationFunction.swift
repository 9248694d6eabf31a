internal import Tensors

/// A function of one variable with its derivative: what one activation computes.
///
/// This is the definition that plots, gradient checks and references use; training in Float goes
/// through `kernel` where there is one. The forms are stable: nothing overflows for a finite input
/// with a finite value, and derivatives keep their relative accuracy where they are tiny. At a kink
/// the derivative is PyTorch's.
protocol ActivationFunction: Sendable {
  /// - Precondition: `x` is a number.
  func value<S: Scalar>(_ x: S) -> S
  /// - Precondition: `x` is a number.
  func derivative<S: Scalar>(_ x: S) -> S
  /// Where the function or one of its first two derivatives jumps; gradient checks keep away from
  /// these, since a difference across them is off by a multiple of its step.
  var kinks: [Double] { get }
  /// The kernel that computes this function for Float, nil where none does.
  var kernel: Function? { get }
  /// Whether Double may go through the kernel as well: its derivative there is exact enough, and
  /// comes from the output alone, so that a dense layer can apply it while it multiplies.
  var fusesInDouble: Bool { get }
  /// What keeps a layer's variance: PyTorch's `calculate_gain` where it has the activation, else
  /// 1/√E f(z)² for standard normal z.
  var gain: Double { get }
}

extension ActivationFunction {
  var kinks: [Double] { [] }
  var kernel: Function? { nil }
  var fusesInDouble: Bool { false }
  var gain: Double { 1 }
}
