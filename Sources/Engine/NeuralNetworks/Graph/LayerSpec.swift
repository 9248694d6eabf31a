/// A part of a network as an author writes it: a term, or one of four forms of structure.
package indirect enum LayerSpec: Hashable, Sendable {
  /// A layer or an activation.
  case term(Term)
  /// Layers repeated in sequence, each time with new parameters.
  case repeated(Int, [LayerSpec])
  /// x + f(x), with f the layers in order.
  case residual([LayerSpec])
  /// Layers in parallel on one input, their outputs joined.
  case branches([[LayerSpec]], join: Join)
  /// Layers whose parameters are not trained.
  case frozen([LayerSpec])

  /// The join of branches: outputs are concatenated along channels or features, or added.
  package enum Join: String, Hashable, Sendable, CaseIterable { case concat, add }
}
