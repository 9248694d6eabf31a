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
  /// From 1 for layers with weights, else nil: the number in `gradient[layer=3]`.
  package var number: Int?
  /// The term's name, or `concat`, `add` for a join.
  package var name: String
  /// As an author would write it, without defaults: `dense 32`.
  package var label: String
  /// Of one sample; of the first input where there are several.
  package var input: Shape
  /// Of one sample.
  package var output: Shape
  /// In the order of the layer.
  package var parameters: [Parameter]
  /// Of the forward pass of one sample.
  package var multiplyAdds: Int
  /// Whether its parameters are not trained.
  package var isFrozen: Bool

  /// Numbers in all its parameters.
  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
