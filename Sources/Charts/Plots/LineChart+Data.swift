extension LineChart {
  /// A series sorted by x, with its irregularities.
  struct Line: Sendable {
    var name: String
    var x: [Double]
    var y: [Double]
    var band: Band?
    var color: Int
    var dash: Dash
    var marker: Marker
    var isStep: Bool
    var showsPoints: Bool
    var wasUnordered = false
    /// Range of y, with counts of NaN and infinite numbers.
    var extent = Extent()
    /// The x from which the line is infinite or NaN to its end.
    var end: (x: Double, isInfinite: Bool)?
  }

  /// The series sorted by x, with their colors and patterns.
  func lines() -> [Line] {
    series.enumerated().map { index, series in
      let count = min(series.x.count, series.y.count)
      var x = series.x.count == count ? series.x : Array(series.x[..<count])
      var y = series.y.count == count ? series.y : Array(series.y[..<count])
      var band = series.band.flatMap { band in
        band.lower.count >= count && band.upper.count >= count ? band : nil
      }
      var isOrdered = true
      var previous = -Double.infinity
      for value in x {
        if !(value >= previous) {
          isOrdered = false
          break
        }
        previous = value
      }
      if !isOrdered {
        let order = x.indices.filter { !x[$0].isNaN }
          .sorted { x[$0] < x[$1] || (x[$0] == x[$1] && $0 < $1) }
        x = order.map { series.x[$0] }
        y = order.map { series.y[$0] }
        band = band.map { old in
          Band(lower: order.map { old.lower[$0] }, upper: order.map { old.upper[$0] })
        }
      }
      var line = Line(
        name: series.name, x: x, y: y, band: band, color: (series.style.color ?? index) % 8,
        dash: series.style.dash
          ?? (series.style.color == nil ? Dash(rawValue: index % Dash.allCases.count)! : .solid),
        marker: series.style.marker ?? Marker(rawValue: index % Marker.allCases.count)!,
        isStep: series.isStep, showsPoints: series.showsPoints, wasUnordered: !isOrdered)
      line.extent.add(y)
      if let last = y.last, !last.isFinite, y.count > 1 {
        let lastFinite = y.lastIndex { $0.isFinite }
        let first = (lastFinite ?? -1) + 1
        line.end = (x[first], y[first...].contains { $0.isInfinite })
      }
      return line
    }
  }

  /// A row for each x, a column for each line and for the edges of its band.
  package var data: DataTable { Self.table(lines(), xName: x.label) }

  /// One row for each x, one column for each line, two more for a band.
  static func table(_ lines: [Line], xName: String) -> DataTable {
    guard let first = lines.first else { return DataTable([]) }
    let xs: [Double]
    let isShared = lines.allSatisfy { $0.x == first.x }
    if isShared {
      xs = first.x
    } else {
      var all: [Double] = []
      for line in lines { all += line.x }
      all.sort()
      var unique: [Double] = []
      unique.reserveCapacity(all.count)
      for value in all where value != unique.last { unique.append(value) }
      xs = unique
    }
    func aligned(_ values: [Double], of line: Line) -> [Double] {
      if isShared { return values }
      var result = [Double](repeating: .nan, count: xs.count)
      var place = 0
      for (index, x) in line.x.enumerated() {
        while place < xs.count, xs[place] < x { place += 1 }
        if place < xs.count { result[place] = values[index] }
      }
      return result
    }
    var columns = [DataTable.Column(xName.isEmpty ? "x" : xName, .numbers(xs))]
    for line in lines {
      columns.append(
        .init(line.name.isEmpty ? "y" : line.name, .numbers(aligned(line.y, of: line))))
      if let band = line.band {
        columns.append(.init("\(line.name) −", .numbers(aligned(band.lower, of: line))))
        columns.append(.init("\(line.name) +", .numbers(aligned(band.upper, of: line))))
      }
    }
    return DataTable(columns, isSparse: !isShared)
  }
}
