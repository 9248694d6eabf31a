/// Positions for the nodes of a directed acyclic graph, layer by layer, and routes for its edges in
/// straight segments along and across the layers' direction.
///
/// - Source: Sugiyama, Tagawa, Toda, *Methods for Visual Understanding of Hierarchical System
///   Structures*, 1981: layers by longest path, fewer crossings by barycenters. Each segment across
///   has its own track, so that no two overlap.
struct LayeredLayout: Sendable {
  /// A node's size; all sizes and positions are in pixels.
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

  /// An edge's polyline from the end of a node to the beginning of the next; between two layers it
  /// has three segments: along, across, along.
  struct Route: Sendable {
    var points: [(along: Double, across: Double)]
  }

  /// The middle of each node.
  private(set) var middles: [(along: Double, across: Double)] = []
  /// The route of each edge.
  private(set) var routes: [Route] = []
  /// Size of the whole layout.
  private(set) var along = 0.0
  private(set) var across = 0.0

  /// - Parameters:
  ///   - gap: Minimum length of an edge's last segment, which carries its numbers.
  ///   - separation: Minimum distance between neighbors in a layer.
  ///   - portSpacing: Distance between the edges that enter one node.
  init(nodes: [Node], edges: [Edge], gap: Double, separation: Double, portSpacing: Double) {
    guard !nodes.isEmpty else { return }
    var phases = Phases(
      nodes: nodes, edges: edges, gap: gap, separation: separation, portSpacing: portSpacing)
    phases.assignLayers()
    phases.orderLayers()
    phases.placeItems()
    phases.assignPorts()
    phases.assignTracks()
    self = phases.route()
  }

  fileprivate init() {}
}

extension LayeredLayout {
  /// State shared by the phases of the method, which are called in order.
  struct Phases {
    /// A node, or a dummy where an edge passes through a layer that it skips.
    struct Item {
      /// `nil` for a dummy.
      var node: Int?
      var layer: Int
      /// Size across the layers' direction.
      var across: Double
      /// The middle across the layers' direction.
      var position = 0.0
    }

    let nodes: [Node]
    let edges: [Edge]
    let gap: Double
    let separation: Double
    let portSpacing: Double
    let trackWidth = 10.0

    /// The nodes in their order, then the dummies.
    var items: [Item] = []
    /// Items of each layer from one side to the other.
    var layers: [[Int]] = []
    /// The items that each edge goes through; empty for one that leaves the graph.
    var chains: [[Int]] = []
    /// Neighbors of each item in the layer before and in the one after.
    var before: [[Int]] = []
    var after: [[Int]] = []
    /// Position across at which each edge enters its node.
    var ports: [Double] = []
    /// Position of the first track after each layer, and the track in which each step of an edge
    /// turns.
    var trackStart: [Double] = []
    var trackOf: [[Int: Int]] = []
    /// Start and size of each layer along.
    var layerStart: [Double] = []
    var layerSize: [Double] = []
    var along = 0.0

    init(nodes: [Node], edges: [Edge], gap: Double, separation: Double, portSpacing: Double) {
      self.nodes = nodes
      self.edges = edges
      self.gap = gap
      self.separation = separation
      self.portSpacing = portSpacing
    }

    /// The layout from the finished phases: middles of nodes, routes of edges through the tracks.
    func route() -> LayeredLayout {
      var layout = LayeredLayout()
      layout.along = along
      layout.middles = nodes.indices.map { node in
        let layer = items[node].layer
        return (layerStart[layer] + layerSize[layer] / 2, items[node].position)
      }
      for index in edges.indices {
        let route = route(of: index, middles: layout.middles)
        if edges[index].to == nil, let end = route.points.last {
          layout.along = max(layout.along, end.along)
        }
        layout.routes.append(route)
      }
      let (low, high) = boundsAcross
      layout.across = high - low
      layout.middles = layout.middles.map { ($0.along, $0.across - low) }
      layout.routes = layout.routes.map {
        Route(points: $0.points.map { ($0.along, $0.across - low) })
      }
      return layout
    }

    private func route(of index: Int, middles: [(along: Double, across: Double)]) -> Route {
      let edge = edges[index]
      let begin = middles[edge.from].along + nodes[edge.from].along / 2
      guard let to = edge.to else {
        return Route(points: [
          (begin, middles[edge.from].across), (begin + gap, middles[edge.from].across),
        ])
      }
      var points = [(along: begin, across: middles[edge.from].across)]
      let chain = chains[index]
      for (step, (a, b)) in zip(chain, chain.dropFirst()).enumerated() {
        let target = step + 2 == chain.count ? ports[index] : items[b].position
        let here = points[points.count - 1].across
        if (target - here).magnitude > 0.5 {
          let turn = trackStart[items[a].layer] + Double(trackOf[index][step] ?? 0) * trackWidth
          points.append((turn, here))
          points.append((turn, target))
        }
      }
      points.append((middles[to].along - nodes[to].along / 2, points[points.count - 1].across))
      return Route(points: points)
    }

    /// The range of nodes and dummies across the layers' direction.
    private var boundsAcross: (low: Double, high: Double) {
      var low = Double.infinity
      var high = -Double.infinity
      for (index, item) in items.enumerated() {
        let half = item.node == nil ? portSpacing / 2 : nodes[index].across / 2
        low = min(low, item.position - half)
        high = max(high, item.position + half)
      }
      return (low, high)
    }
  }
}
