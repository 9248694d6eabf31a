/// The layers of a network with their shapes, without memory for them.
package struct NetworkDescription: Hashable, Sendable {
  /// The layers in the order of the forward pass.
  package var layers: [LayerDescription]
  /// The input shape of one sample.
  package var input: Shape
  /// The output shape of one sample.
  package var output: Shape
  /// The author's loss, or the usual one of the targets; nil where only shapes are known.
  package var loss: Term?
  /// Numbers in all parameters, frozen ones included.
  package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }
  /// Multiply-adds of the forward pass of one sample.
  package var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }
}
