internal import Tensors

/// A layer with known input shape: its output, its parameters, its cost, and how it computes.
///
/// Shapes in the comments of layers use the letters of `View` in `Tensors`. A layer's views have
/// one row for each of the N samples, with the sample's numbers row-major.
protocol Layer: Sendable {
  /// The shape of one sample of its output.
  var output: Shape { get }
  var parameters: [ParameterSpec] { get }
  /// Numbers that are kept between steps without being trained: running means and variances.
  var states: [StateSpec] { get }
  /// Multiply-adds of the forward pass of one sample.
  var multiplyAdds: Int { get }
  /// Whether it is a `FusingLayer`.
  var isFusing: Bool { get }
  /// The layer as a case of `AnyLayer`.
  var kind: AnyLayer.Kind { get }
  /// Binds the layer to memory; reserves any other memory in the binding's plan.
  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S>
}

extension Layer {
  var parameters: [ParameterSpec] { [] }
  var states: [StateSpec] { [] }
  var multiplyAdds: Int { output.count }
  var isFusing: Bool { false }
}

/// A layer that can apply an elementwise function to its output before it is stored.
protocol FusingLayer: Layer {
  func operation<S: Scalar>(with binding: inout LayerBinding<S>, function: Function)
    -> AnyOperation<S>
}

extension FusingLayer {
  var isFusing: Bool { true }

  func operation<S: Scalar>(with binding: inout LayerBinding<S>) -> AnyOperation<S> {
    operation(with: &binding, function: .identity)
  }
}
