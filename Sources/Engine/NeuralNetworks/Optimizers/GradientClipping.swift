package import Tensors

/// Keeps a gradient from exploding.
package enum GradientClipping: Hashable, Sendable {
  /// Shortens the whole gradient to this length, by `limit/(norm+1e-6)` as PyTorch does.
  case norm(Double)
  /// Cuts every element to ±limit.
  case value(Double)

  /// Clips in place. A gradient that is not a number stays so.
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
