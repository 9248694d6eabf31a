extension LayeredLayout.Phases {
  /// The segment of an edge across the layers' direction, between two layers.
  private struct Run {
    var edge: Int
    /// The index of the step of the edge, from layer to layer, that contains the segment.
    var step: Int
    var from: Double
    var to: Double
    /// The item at which the segment starts.
    var source: Int
    var track = 0
  }

  /// Assigns tracks to the segments between each two layers, which determines the layers'
  /// positions.
  mutating func assignTracks() {
    layerStart = Array(repeating: 0, count: layers.count)
    layerSize = Array(repeating: 0, count: layers.count)
    trackStart = Array(repeating: 0, count: layers.count)
    trackOf = Array(repeating: [:], count: edges.count)
    var position = 0.0
    for layer in layers.indices {
      layerStart[layer] = position
      layerSize[layer] =
        layers[layer].compactMap { items[$0].node.map { nodes[$0].along } }.max() ?? 0
      position += layerSize[layer]
      guard layer + 1 < layers.count else { break }
      var runs = runs(after: layer)
      let count = assignTracks(to: &runs)
      for run in runs { trackOf[run.edge][run.step] = run.track }
      trackStart[layer] = position + 12
      position += 12 + Double(max(count - 1, 0)) * trackWidth + gap
    }
    along = position
  }

  /// The segments between a layer and the next. Of segments that go up, those that begin higher
  /// turn later, and conversely, so that neighboring segments do not cross.
  private func runs(after layer: Int) -> [Run] {
    var runs: [Run] = []
    for (edge, chain) in chains.enumerated() {
      for (step, (a, b)) in zip(chain, chain.dropFirst()).enumerated()
      where items[a].layer == layer {
        let to = step + 2 == chain.count ? ports[edge] : items[b].position
        if (to - items[a].position).magnitude > 0.5 {
          runs.append(Run(edge: edge, step: step, from: items[a].position, to: to, source: a))
        }
      }
    }
    runs.sort {
      let (upA, upB) = ($0.to < $0.from, $1.to < $1.from)
      if upA != upB { return upA }
      if $0.from != $1.from { return upA ? $0.from < $1.from : $0.from > $1.from }
      return upA ? $0.to < $1.to : $0.to > $1.to
    }
    return runs
  }

  /// Assigns each segment its first free track and returns the number of tracks. Segments from one
  /// source may share a track; others must not overlap.
  private func assignTracks(to runs: inout [Run]) -> Int {
    var count = 0
    for index in runs.indices {
      let run = runs[index]
      var track = 0
      while runs[..<index].contains(where: { other in
        other.track == track && other.source != run.source
          && max(min(other.from, other.to), min(run.from, run.to)) - 4
            <= min(max(other.from, other.to), max(run.from, run.to))
      }) { track += 1 }
      runs[index].track = track
      count = max(count, track + 1)
    }
    return count
  }
}
