import Charts

extension RecordedHistograms {
  /// The histograms in the form of charts, with the edges of their bins.
  var bins: [Bins] {
    counts.indices.map { row in
      let count = counts[row].count
      let edges = (0...count).map { bin in
        low[row] + (high[row] - low[row]) * Double(bin) / Double(count)
      }
      return Bins(edges: edges, counts: counts[row])
    }
  }
}
