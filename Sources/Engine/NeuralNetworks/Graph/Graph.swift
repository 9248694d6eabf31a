internal import Tensors

/// A network as a list of layers in the order of the forward pass, with all shapes. The graph is
/// acyclic: a layer reads earlier values.
struct Graph: Sendable {
  struct Node: Sendable {
    var layer: AnyLayer
    /// Indices of values: 0 is the network's input, i + 1 the output of node i.
    var inputs: [Int]
    var path: LayerPath
    var name: String
    var label: String
    /// Its number among the layers with weights, from 1; nil for other layers.
    var number: Int?
    var isFrozen: Bool
    /// Its residual branch, for `fixup`; nil outside of one.
    var branch: Branch?
  }

  /// The position of a layer in residual branches.
  struct Branch: Hashable, Sendable {
    var index: Int
    var depth: Int
    var isLast: Bool
  }

  var input: Shape
  var nodes: [Node] = []
  var residualCount = 0

  func shape(of value: Int) -> Shape { value == 0 ? input : nodes[value - 1].layer.output }
  var output: Shape { shape(of: nodes.count) }

  var description: NetworkDescription {
    NetworkDescription(
      layers: nodes.map { node in
        LayerDescription(
          path: node.path, number: node.number, name: node.name, label: node.label,
          input: shape(of: node.inputs[0]), output: node.layer.output,
          parameters: node.layer.parameters.map { .init(name: $0.name, shape: $0.shape) },
          multiplyAdds: node.layer.multiplyAdds, isFrozen: node.isFrozen)
      }, input: input, output: output, loss: nil)
  }

  /// The activation that reads a node's output; nil where the next reader is none.
  func activation(after index: Int) -> ActivationLayer? {
    nodes.indices.dropFirst(index + 1).first { nodes[$0].inputs == [index + 1] }
      .flatMap { nodes[$0].layer.activation }
  }
}
