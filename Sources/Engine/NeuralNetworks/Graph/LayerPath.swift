/// The position of a layer in the specification: indices from the outside in, from 0. Within
/// `branches`, the branch and then the index in it; repeated layers have one path.
package struct LayerPath: Hashable, Sendable {
  /// The indices from the outermost list to the layer.
  package var indices: [Int]

  /// The path of the whole network, or of these indices.
  package init(_ indices: [Int] = []) { self.indices = indices }

  /// The path of the element with an index inside of this one.
  package func appending(_ index: Int) -> LayerPath { LayerPath(indices + [index]) }
}
