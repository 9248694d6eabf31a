/// One layer of a network description.
package struct LayerDescription: Hashable, Sendable {
  /// A parameter's name and its shape (out, in, …).
  package struct Parameter: Hashable, Sendable {
    /// `weight`, `bias`, `weight_ih`, …
    package var name: String
    /// (out, in, …).
    package var shape: Shape
  }

  /// Its position in the specification.
  package var path: LayerPath
  /// Its number among the layers with weights, as in `gradient[layer=3]`, from 1; nil for others.
  package var number: Int?
  /// The term's name, or `concat`, `add` for a join.
  package var name: String
  /// As an author would write it, without defaults: `dense 32`.
  package var label: String
  /// The input shape of one sample; that of the first input where there are several.
  package var input: Shape
  /// The output shape of one sample.
  package var output: Shape
  /// The parameters in the layer's order.
  package var parameters: [Parameter]
  /// Multiply-adds of the forward pass of one sample.
  package var multiplyAdds: Int
  /// Whether its parameters are not trained.
  package var isFrozen: Bool

  /// Numbers in all its parameters.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
