extension LayeredLayout.Phases {
  /// Assigns each node its layer, and adds to each edge that skips layers an item in each of those.
  mutating func assignLayers() {
    let layerOf = longestPaths()
    items = nodes.enumerated().map { Item(node: $0, layer: layerOf[$0], across: $1.across) }
    layers = Array(repeating: [], count: (layerOf.max() ?? 0) + 1)
    for node in nodes.indices { layers[layerOf[node]].append(node) }
    chains = Array(repeating: [], count: edges.count)
    for (index, edge) in edges.enumerated() {
      guard let to = edge.to else { continue }
      chains[index].append(edge.from)
      var layer = layerOf[edge.from] + 1
      while layer < layerOf[to] {
        items.append(Item(node: nil, layer: layer, across: portSpacing * 0.6))
        layers[layer].append(items.count - 1)
        chains[index].append(items.count - 1)
        layer += 1
      }
      chains[index].append(to)
    }
    before = Array(repeating: [], count: items.count)
    after = Array(repeating: [], count: items.count)
    for chain in chains {
      for (a, b) in zip(chain, chain.dropFirst()) {
        after[a].append(b)
        before[b].append(a)
      }
    }
  }

  /// Layers by longest path from the sources; sources then move next to the nodes they feed.
  private func longestPaths() -> [Int] {
    let count = nodes.count
    var layer = [Int](repeating: 0, count: count)
    // A path has no more edges than there are nodes; the bound also ends the loop on a cycle.
    for _ in 0..<count {
      var changed = false
      for edge in edges {
        guard let to = edge.to, layer[to] < layer[edge.from] + 1, layer[edge.from] + 1 < count
        else { continue }
        layer[to] = layer[edge.from] + 1
        changed = true
      }
      if !changed { break }
    }
    for node in 0..<count {
      let hasIncoming = edges.contains { $0.to == node }
      let next = edges.compactMap { $0.from == node ? $0.to.map { layer[$0] } : nil }.min()
      if !hasIncoming, let next { layer[node] = max(0, next - 1) }
    }
    return layer
  }

  /// Sweeps forward and backward, ordering each layer by the mean position of its neighbors; the
  /// order with the fewest crossings is kept.
  mutating func orderLayers() {
    var place = [Int](repeating: 0, count: items.count)
    func renumber(_ layer: [Int]) {
      for (index, item) in layer.enumerated() { place[item] = index }
    }
    for layer in layers { renumber(layer) }
    var best = layers
    var fewest = crossings(place)
    for sweep in 0..<12 where fewest > 0 {
      let isForward = sweep % 2 == 0
      let indices = isForward ? Array(layers.indices) : layers.indices.reversed()
      for index in indices {
        let neighbors = isForward ? before : after
        let keys = layers[index].map { item -> Double in
          let near = neighbors[item]
          guard !near.isEmpty else { return Double(place[item]) }
          return near.reduce(0.0) { $0 + Double(place[$1]) } / Double(near.count)
        }
        let order = layers[index].indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
        layers[index] = order.map { layers[index][$0] }
        renumber(layers[index])
      }
      let count = crossings(place)
      if count < fewest {
        fewest = count
        best = layers
      }
    }
    layers = best
  }

  /// Number of crossing pairs of edges between neighboring layers.
  private func crossings(_ place: [Int]) -> Int {
    var count = 0
    for layer in layers {
      let pairs = layer.flatMap { item in after[item].map { (place[item], place[$0]) } }
      for (index, a) in pairs.enumerated() {
        for b in pairs[(index + 1)...] where (a.0 - b.0) * (a.1 - b.1) < 0 { count += 1 }
      }
    }
    return count
  }
}
