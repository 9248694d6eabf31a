package import Tensors

/// A limit on the gradient.
package enum GradientClipping: Hashable, Sendable {
  /// Scales the whole gradient by `limit/(norm+1e-6)` if its norm is larger, as PyTorch does.
  case norm(Double)
  /// Clamps every element to ±limit.
  case value(Double)

  /// Clips in place. NaN stays NaN.
  package func apply<Element: Scalar>(to gradient: View, in workspace: Workspace<Element>) {
    switch self {
    case .norm(let limit):
      let factor = limit / (workspace.norm(gradient).double + 1e-6)
      if factor < 1 { workspace.scale(gradient, by: factor, into: gradient) }
    case .value(let limit):
      workspace.apply(.clamp(-limit, limit), gradient, into: gradient)
    }
  }
}
