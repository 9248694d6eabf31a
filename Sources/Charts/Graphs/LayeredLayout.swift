/// Places for the nodes of a graph without cycles, layer by layer, and ways for its edges in straight
/// runs along and across the layers.
///
/// - Source: Sugiyama, Tagawa, Toda, *Methods for Visual Understanding of Hierarchical System
///   Structures*, 1981: layers by longest path, fewer crossings by barycenters; and one track for
///   each run across, so that no two lie on each other.
struct LayeredLayout: Sendable {
  struct Node: Sendable {
    /// Size along the layers' direction and across it.
    var along: Double
    var across: Double
  }

  struct Edge: Sendable {
    var from: Int
    /// `nil` leaves the graph.
    var to: Int?
  }

  /// A way from a node's end to the next node's beginning: three runs, along, across, along.
  struct Route: Sendable {
    var points: [(along: Double, across: Double)]
  }

  private(set) var middles: [(along: Double, across: Double)] = []
  private(set) var routes: [Route] = []
  private(set) var along = 0.0
  private(set) var across = 0.0

  private struct Item {
    /// `nil` for the place where a long edge passes a layer.
    var node: Int?
    var edge: Int?
    var across: Double
    var position = 0.0
  }

  /// - Parameters:
  ///   - gap: Least length of an edge's last run, for what is written on it.
  ///   - separation: Least distance between neighbors in a layer.
  ///   - portSpacing: Distance of the edges that enter one node.
  init(nodes: [Node], edges: [Edge], gap: Double, separation: Double, portSpacing: Double) {
    guard !nodes.isEmpty else { return }
    let layerOf = Self.layers(nodes.count, edges)
    let layerCount = (layerOf.max() ?? 0) + 1

    // Items of each layer: nodes, and the passages of edges that skip layers.
    var items: [Item] = nodes.enumerated().map { Item(node: $0, edge: nil, across: $1.across) }
    var layers = [[Int]](repeating: [], count: layerCount)
    for node in nodes.indices { layers[layerOf[node]].append(node) }
    var chains = [[Int]](repeating: [], count: edges.count)
    for (index, edge) in edges.enumerated() {
      guard let to = edge.to else { continue }
      chains[index].append(edge.from)
      var layer = layerOf[edge.from] + 1
      while layer < layerOf[to] {
        items.append(Item(node: nil, edge: index, across: portSpacing * 0.6))
        layers[layer].append(items.count - 1)
        chains[index].append(items.count - 1)
        layer += 1
      }
      chains[index].append(to)
    }
    var before = [[Int]](repeating: [], count: items.count)
    var after = [[Int]](repeating: [], count: items.count)
    for chain in chains {
      for (a, b) in zip(chain, chain.dropFirst()) {
        after[a].append(b)
        before[b].append(a)
      }
    }
    Self.order(&layers, before: before, after: after)
    Self.place(&items, layers, before: before, after: after, separation: separation)

    // The order in which edges enter a node is that of where they come from.
    var entry = [Double](repeating: 0, count: edges.count)
    for node in nodes.indices {
      let incoming = edges.indices.filter { edges[$0].to == node }
        .sorted {
          let a = items[chains[$0][chains[$0].count - 2]].position
          let b = items[chains[$1][chains[$1].count - 2]].position
          return a < b || (a == b && $0 < $1)
        }
      for (order, edge) in incoming.enumerated() {
        entry[edge] =
          items[node].position + (Double(order) - Double(incoming.count - 1) / 2) * portSpacing
      }
    }

    // Tracks of the runs across, between each two layers.
    struct Run {
      var edge: Int
      var step: Int
      var from: Double
      var to: Double
      var source: Int
      var track = 0
    }
    let trackWidth = 10.0
    var position = 0.0
    var layerStart = [Double](repeating: 0, count: layerCount)
    var layerSize = [Double](repeating: 0, count: layerCount)
    var trackOf: [[Int: Int]] = Array(repeating: [:], count: edges.count)
    var trackStart = [Double](repeating: 0, count: layerCount)
    for layer in 0..<layerCount {
      layerStart[layer] = position
      layerSize[layer] =
        layers[layer].compactMap { items[$0].node.map { nodes[$0].along } }.max() ?? 0
      position += layerSize[layer]
      guard layer + 1 < layerCount else { break }
      var runs: [Run] = []
      for (edge, chain) in chains.enumerated() {
        for (step, (a, b)) in zip(chain, chain.dropFirst()).enumerated()
        where Self.layer(of: a, items, layerOf, layers) == layer {
          let to = step + 2 == chain.count ? entry[edge] : items[b].position
          if (to - items[a].position).magnitude > 0.5 {
            runs.append(Run(edge: edge, step: step, from: items[a].position, to: to, source: a))
          }
        }
      }
      // A run that goes up turns the later the higher it begins, and the other way round, so that runs
      // side by side do not cross.
      runs.sort {
        let (upA, upB) = ($0.to < $0.from, $1.to < $1.from)
        if upA != upB { return upA }
        if $0.from != $1.from { return upA ? $0.from < $1.from : $0.from > $1.from }
        return upA ? $0.to < $1.to : $0.to > $1.to
      }
      var count = 0
      for index in runs.indices {
        // Runs of one source may share a track; others must keep clear of what lies there.
        var track = 0
        while runs[..<index].contains(where: { other in
          other.track == track && other.source != runs[index].source
            && max(min(other.from, other.to), min(runs[index].from, runs[index].to)) - 4
              <= min(max(other.from, other.to), max(runs[index].from, runs[index].to))
        }) { track += 1 }
        runs[index].track = track
        trackOf[runs[index].edge][runs[index].step] = track
        count = max(count, track + 1)
      }
      trackStart[layer] = position + 12
      position += 12 + Double(max(count - 1, 0)) * trackWidth + gap
    }
    along = position

    // Middles, and ways.
    var low = Double.infinity
    var high = -Double.infinity
    for node in nodes.indices {
      let layer = layerOf[node]
      middles.append((layerStart[layer] + layerSize[layer] / 2, items[node].position))
      low = min(low, items[node].position - nodes[node].across / 2)
      high = max(high, items[node].position + nodes[node].across / 2)
    }
    for item in items where item.node == nil {
      low = min(low, item.position - portSpacing / 2)
      high = max(high, item.position + portSpacing / 2)
    }
    for (index, edge) in edges.enumerated() {
      let begin = middles[edge.from].along + nodes[edge.from].along / 2
      guard let to = edge.to else {
        routes.append(
          Route(points: [
            (begin, middles[edge.from].across), (begin + gap, middles[edge.from].across),
          ]))
        along = max(along, begin + gap)
        continue
      }
      var points = [(along: begin, across: middles[edge.from].across)]
      let chain = chains[index]
      for (step, (a, b)) in zip(chain, chain.dropFirst()).enumerated() {
        let target = step + 2 == chain.count ? entry[index] : items[b].position
        let here = points[points.count - 1].across
        if (target - here).magnitude > 0.5 {
          let layer = Self.layer(of: a, items, layerOf, layers)
          let turn = trackStart[layer] + Double(trackOf[index][step] ?? 0) * trackWidth
          points.append((turn, here))
          points.append((turn, target))
        }
      }
      points.append(
        (middles[to].along - nodes[to].along / 2, points[points.count - 1].across))
      routes.append(Route(points: points))
    }
    across = high - low
    middles = middles.map { ($0.along, $0.across - low) }
    routes = routes.map { Route(points: $0.points.map { ($0.along, $0.across - low) }) }
  }

  private static func layer(
    of item: Int, _ items: [Item], _ layerOf: [Int], _ layers: [[Int]]
  ) -> Int {
    if let node = items[item].node { return layerOf[node] }
    return layers.firstIndex { $0.contains(item) } ?? 0
  }

  /// Longest paths from the sources; then sources move towards what they feed.
  private static func layers(_ count: Int, _ edges: [Edge]) -> [Int] {
    var layer = [Int](repeating: 0, count: count)
    // A path has no more edges than there are nodes; where there is a cycle this ends all the same.
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

  /// Sweeps there and back, each layer ordered by the mean place of its neighbors; the best is kept.
  private static func order(_ layers: inout [[Int]], before: [[Int]], after: [[Int]]) {
    var place = [Int](repeating: 0, count: before.count)
    func renumber(_ layer: [Int]) {
      for (index, item) in layer.enumerated() { place[item] = index }
    }
    for layer in layers { renumber(layer) }
    func crossings(_ layers: [[Int]]) -> Int {
      var count = 0
      for layer in layers {
        let pairs = layer.flatMap { item in after[item].map { (place[item], place[$0]) } }
        for (index, a) in pairs.enumerated() {
          for b in pairs[(index + 1)...] where (a.0 - b.0) * (a.1 - b.1) < 0 { count += 1 }
        }
      }
      return count
    }
    var best = layers
    var fewest = crossings(layers)
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
      let count = crossings(layers)
      if count < fewest {
        fewest = count
        best = layers
      }
    }
    layers = best
  }

  /// Each item as near to the mean of its neighbors as the distances allow, in a few sweeps.
  private static func place(
    _ items: inout [Item], _ layers: [[Int]], before: [[Int]], after: [[Int]], separation: Double
  ) {
    func distance(_ a: Int, _ b: Int) -> Double {
      (items[a].across + items[b].across) / 2 + separation
    }
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
        // Groups of items that touch lie about the mean of their wishes (isotonic regression).
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
    }
  }
}
