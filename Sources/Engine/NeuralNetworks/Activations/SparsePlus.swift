internal import Tensors

/// 0 up to -1, (x+1)²/4 up to 1, then x: softplus with a bounded curved part.
///
/// - Source: `jax.nn.sparse_plus`, `keras.activations.sparse_plus`.
struct SparsePlus: ActivationFunction {
  var kinks: [Double] { [-1, 1] }

  func value<S: Scalar>(_ x: S) -> S { x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) / 4 }
  func derivative<S: Scalar>(_ x: S) -> S { x <= -1 ? 0 : x >= 1 ? 1 : (x + 1) / 2 }
}

extension Activation {
  static let sparsePlus = Activation(
    RegistryEntry(
      .activation, "sparse_plus", "softplus in straight and square pieces",
      formula: #"\begin{cases}0 & x\le -1\\ \tfrac14(x+1)^2 & -1<x<1\\ x & x\ge 1\end{cases}"#,
      derivative: #"\min(1, \max(0, \tfrac{x+1}{2}))"#, range: #"[0, \infty)"#)
  ) { _ in SparsePlus() }
}
