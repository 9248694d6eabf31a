extension LayeredLayout.Phases {
  /// Places each item as near to the mean of its neighbors as the distances allow, in ten sweeps.
  mutating func placeItems() {
    for layer in layers {
      var position = 0.0
      for (index, item) in layer.enumerated() {
        if index > 0 { position += distance(layer[index - 1], item) }
        items[item].position = position
      }
      for item in layer { items[item].position -= position / 2 }
    }
    for sweep in 0..<10 {
      let neighbors = sweep % 2 == 0 ? before : after
      for layer in sweep % 2 == 0 ? layers : layers.reversed() {
        let wishes = layer.map { item -> Double in
          let near = neighbors[item]
          guard !near.isEmpty else { return items[item].position }
          return near.reduce(0.0) { $0 + items[$1].position } / Double(near.count)
        }
        place(layer, near: wishes)
      }
    }
  }

  /// Minimum distance between the middles of two neighbors in a layer.
  private func distance(_ a: Int, _ b: Int) -> Double {
    (items[a].across + items[b].across) / 2 + separation
  }

  /// Places the items of a layer as near to their desired positions as their distances allow.
  /// Groups of touching items are centered on the mean of their desired positions (isotonic
  /// regression).
  private mutating func place(_ layer: [Int], near wishes: [Double]) {
    struct Group {
      var range: Range<Int>
      var sum: Double
      var mean: Double { sum / Double(range.count) }
    }
    var offsets = [Double](repeating: 0, count: layer.count)
    for index in layer.indices.dropFirst() {
      offsets[index] = offsets[index - 1] + distance(layer[index - 1], layer[index])
    }
    var groups: [Group] = []
    for index in layer.indices {
      groups.append(Group(range: index..<(index + 1), sum: wishes[index] - offsets[index]))
      while groups.count > 1, groups[groups.count - 2].mean > groups[groups.count - 1].mean {
        let last = groups.removeLast()
        groups[groups.count - 1].range =
          groups[groups.count - 1].range.lowerBound..<last.range.upperBound
        groups[groups.count - 1].sum += last.sum
      }
    }
    for group in groups {
      for index in group.range { items[layer[index]].position = group.mean + offsets[index] }
    }
  }

  /// Orders the edges that enter a node by where they come from.
  mutating func assignPorts() {
    ports = Array(repeating: 0, count: edges.count)
    for node in nodes.indices {
      let incoming = edges.indices.filter { edges[$0].to == node }
        .sorted {
          let a = items[chains[$0][chains[$0].count - 2]].position
          let b = items[chains[$1][chains[$1].count - 2]].position
          return a < b || (a == b && $0 < $1)
        }
      for (order, edge) in incoming.enumerated() {
        ports[edge] =
          items[node].position + (Double(order) - Double(incoming.count - 1) / 2) * portSpacing
      }
    }
  }
}
