/// A line's name at its right end.
struct DirectLabel: Sendable {
  var index: Int
  /// Where the line ends.
  var x: Double
  /// Vertical positions of the line's end and of its name, in pixels from the top.
  var from: Double
  var to: Double

  /// Places the names with minimal displacement so that none overlaps another; `nil` where a name
  /// would move too far for the eye to follow.
  static func placed(
    lines: [LineChart.Line], names: [Label], y: AxisScale, height: Double
  ) -> [DirectLabel]? {
    var labels: [DirectLabel] = []
    for (index, line) in lines.enumerated() where !names[index].isEmpty {
      guard
        let last = line.y.indices.last(where: {
          line.y[$0].isFinite && line.x[$0].isFinite && y.position(line.y[$0]).isFinite
        })
      else { continue }
      let place = (1 - min(max(y.position(line.y[last]), 0), 1)) * height
      labels.append(DirectLabel(index: index, x: line.x[last], from: place, to: place))
    }
    guard !labels.isEmpty else { return nil }
    // Pool adjacent names: a group that collides is spread about the mean of its desired positions.
    labels.sort { ($0.from, $0.index) < ($1.from, $1.index) }
    let gap = TextSize.line
    guard Double(labels.count) * gap <= height else { return nil }
    struct Group {
      var members: Range<Int>
      var wish: Double
      func start(_ gap: Double, _ height: Double) -> Double {
        let extent = Double(members.count - 1) * gap
        return min(max(wish - extent / 2, 2), height - 2 - extent)
      }
    }
    var groups: [Group] = []
    for index in labels.indices {
      groups.append(Group(members: index..<(index + 1), wish: labels[index].from))
      while groups.count > 1 {
        let lower = groups[groups.count - 1]
        let upper = groups[groups.count - 2]
        let upperEnd = upper.start(gap, height) + Double(upper.members.count - 1) * gap
        if lower.start(gap, height) - upperEnd >= gap { break }
        groups.removeLast(2)
        let count = Double(upper.members.count + lower.members.count)
        groups.append(
          Group(
            members: upper.members.lowerBound..<lower.members.upperBound,
            wish: (upper.wish * Double(upper.members.count)
              + lower.wish * Double(lower.members.count)) / count))
      }
    }
    for group in groups {
      for (offset, index) in group.members.enumerated() {
        labels[index].to = group.start(gap, height) + Double(offset) * gap
      }
    }
    return labels.allSatisfy { ($0.to - $0.from).magnitude <= 64 } ? labels : nil
  }
}
