internal import Tensors

extension Graph {
  /// The layers that one operation computes besides its own: the activation after it and, for a
  /// convolution, the maximum over windows after that.
  struct Fusion {
    var function = Function.identity
    var pooled: PooledConvolution?
    /// The index of the value that the operation writes.
    var end: Int
    /// The nodes that have no operation of their own.
    var absorbed: [Int] = []
  }

  /// The fusion of each node.
  func fusions<S: Scalar>(for type: S.Type) -> [Fusion] {
    var readers = [Int](repeating: 0, count: nodes.count + 1)
    var lastReader = [Int](repeating: -1, count: nodes.count + 1)
    for (index, node) in nodes.enumerated() {
      for value in node.inputs {
        readers[value] += 1
        lastReader[value] = index
      }
    }
    /// The only node that reads the value; nil where there are several or none.
    func reader(of value: Int) -> Int? { readers[value] == 1 ? lastReader[value] : nil }
    return nodes.indices.map { index in
      var fusion = Fusion(end: index + 1)
      guard nodes[index].layer.isFusing else { return fusion }
      if let next = reader(of: fusion.end), let activation = nodes[next].layer.activation,
        let function = activation.fusable(for: type)
      {
        fusion.function = function
        fusion.end = next + 1
        fusion.absorbed.append(next)
      }
      if let convolution = nodes[index].layer.convolution,
        let next = reader(of: fusion.end), let pool = nodes[next].layer.pool,
        let pooling = pool.geometry,
        let pooled = PooledConvolution(convolution.geometry, pooling)
      {
        fusion.pooled = pooled
        fusion.end = next + 1
        fusion.absorbed.append(next)
      }
      return fusion
    }
  }
}
