/// A network with all its shapes, without having been built.
package struct NetworkDescription: Hashable, Sendable {
  package var layers: [LayerDescription]
  package var input: Shape
  package var output: Shape
  /// The loss used, the author's or the one that the targets ask for; nil where only the shapes are known.
  package var loss: Term?
  package var parameterCount: Int { layers.reduce(0) { $0 + $1.parameterCount } }
  /// Multiply-adds of one sample's forward pass.
  package var multiplyAdds: Int { layers.reduce(0) { $0 + $1.multiplyAdds } }
}

package struct LayerDescription: Hashable, Sendable {
  package struct Parameter: Hashable, Sendable {
    package var name: String
    package var shape: Shape
  }

  package var path: LayerPath
  /// From 1 for layers with weights, nil for the others: the number that `gradient[layer=3]` means.
  package var number: Int?
  /// The term's name, or `concat`, `add` for a join.
  package var name: String
  /// As an author would write it, without defaults: `dense 32`.
  package var label: String
  package var input: Shape
  package var output: Shape
  package var parameters: [Parameter]
  package var multiplyAdds: Int
  package var isFrozen: Bool

  package var parameterCount: Int { parameters.reduce(0) { $0 + $1.shape.count } }
}
