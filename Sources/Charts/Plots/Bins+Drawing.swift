import Localization
import Markup

extension Bins {
  /// The steps of the counts, and the area under them down to `base` (a position from 0 to 1).
  func outline(on frame: Cartesian, base: Double) -> (area: PathWriter, line: PathWriter) {
    var area = PathWriter()
    var line = PathWriter()
    guard !counts.isEmpty else { return (area, line) }
    func place(_ edge: Double) -> Int {
      let position = frame.x.position(edge)
      return frame.plane.x(min(max(position.isNaN ? 0 : position, 0), 1))
    }
    let foot = frame.plane.y(base)
    let start = place(edges[0])
    area.move(to: start, foot)
    line.move(to: start, foot)
    for (index, count) in counts.enumerated() {
      let position = frame.y.position(count)
      let top = frame.plane.y(min(max(position.isNaN ? 0 : position, 0), 1))
      for edge in [place(edges[index]), place(edges[index + 1])] {
        area.line(to: edge, top)
        line.line(to: edge, top)
      }
    }
    area.line(to: place(edges[counts.count]), foot)
    line.line(to: place(edges[counts.count]), foot)
    area.close(startedAt: start, foot)
    return (area, line)
  }

  /// Mean and standard deviation, with each count in the middle of its bin.
  var moments: (mean: Double, deviation: Double)? {
    // Counts and distances are divided by their maximum, so that nothing overflows.
    let most = counts.filter(\.isFinite).max() ?? 0
    guard most > 0 else { return nil }
    let filled = counts.indices.filter {
      counts[$0] > 0 && counts[$0].isFinite && edges[$0].isFinite && edges[$0 + 1].isFinite
    }
    let weights = filled.map { counts[$0] / most }
    let middles = filled.map { edges[$0] / 2 + edges[$0 + 1] / 2 }
    let weight = weights.reduce(0, +)
    guard weight > 0 else { return nil }
    let mean = zip(weights, middles).reduce(0) { $0 + $1.0 / weight * $1.1 }
    let reach = middles.map { ($0 / 2 - mean / 2).magnitude }.max() ?? 0
    guard reach > 0 else { return (mean, 0) }
    let squares = zip(weights, middles).reduce(0.0) { sum, bin in
      let away = (bin.1 / 2 - mean / 2) / reach
      return sum + bin.0 / weight * away * away
    }
    return (mean, squares.squareRoot() * reach * 2)
  }

  func description(_ name: String, _ words: Words) -> String {
    guard let (mean, deviation) = moments,
      let most = counts.indices.max(by: { counts[$0] < counts[$1] })
    else { return words(.noCounts(name: name)) }
    let n = { NumberText.reading($0, digits: 3) }
    return words(
      .distribution(
        name: name, mean: n(mean), deviation: n(deviation), low: n(edges[most]),
        high: n(edges[most + 1])))
  }
}
