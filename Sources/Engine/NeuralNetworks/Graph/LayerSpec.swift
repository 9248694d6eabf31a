/// A network as an author writes it: terms, and the four forms of structure.
package indirect enum LayerSpec: Hashable, Sendable {
  /// A layer or an activation.
  case term(Term)
  case repeated(Int, [LayerSpec])
  /// x + f(x).
  case residual([LayerSpec])
  case branches([[LayerSpec]], join: Join)
  /// Layers whose parameters the optimizer leaves alone.
  case frozen([LayerSpec])

  package enum Join: String, Hashable, Sendable, CaseIterable { case concat, add }
}

/// Where a layer stands in the specification: positions from the outside in, from 0. Within
/// `branches`, the branch and then the position in it; what is repeated has one path for all times.
package struct LayerPath: Hashable, Sendable {
  package var indices: [Int]

  package init(_ indices: [Int] = []) { self.indices = indices }

  package func appending(_ index: Int) -> LayerPath { LayerPath(indices + [index]) }
}
