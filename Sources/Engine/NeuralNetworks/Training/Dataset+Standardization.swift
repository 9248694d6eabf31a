extension Dataset {
  /// Standardizes every input column to mean 0 and variance 1 over the given samples, and targets
  /// that are numbers. The pixels of a channel share mean and variance, and so do the steps of a
  /// sequence.
  func standardized(by indices: [Int32]) -> (Dataset, Problem.Scaling?) {
    guard symbolCount == nil, !indices.isEmpty else { return (self, nil) }
    var copy = self
    copy.exact = nil
    /// - Parameter group: The group of a column, from 0; a group shares mean and deviation.
    func scale(
      _ values: inout [Float], columns: Int, group: (Int) -> Int
    ) -> (means: [Double], deviations: [Double]) {
      let groups = (0..<columns).map(group)
      let members = groups.reduce(into: [Int](repeating: 0, count: groups.max()! + 1)) {
        $0[$1] += indices.count
      }
      var means = members.map { _ in 0.0 }
      for index in indices {
        for column in 0..<columns {
          means[groups[column]] += Double(values[Int(index) * columns + column])
        }
      }
      for place in members.indices { means[place] /= Double(members[place]) }
      var deviations = members.map { _ in 0.0 }
      for index in indices {
        for column in 0..<columns {
          let place = groups[column]
          let difference = Double(values[Int(index) * columns + column]) - means[place]
          deviations[place] += difference * difference
        }
      }
      for place in members.indices {
        let deviation = (deviations[place] / Double(members[place])).squareRoot()
        // A constant column is only shifted.
        deviations[place] = deviation > 0 ? deviation : 1
      }
      for place in values.indices {
        let group = groups[place % columns]
        values[place] = Float((Double(values[place]) - means[group]) / deviations[group])
      }
      return (groups.map { means[$0] }, groups.map { deviations[$0] })
    }
    let extents = shape.extents
    let (mean, deviation) = scale(&copy.inputs, columns: shape.count) { column in
      switch extents.count {
      case 3: column / (extents[1] * extents[2])
      case 2: column % extents[1]
      default: column
      }
    }
    var (targetMean, targetDeviation): ([Double], [Double]) = ([], [])
    if case .numbers(var values, let columns, let names) = targets {
      (targetMean, targetDeviation) = scale(&values, columns: columns) { $0 }
      copy.targets = .numbers(values, columns: columns, names: names)
    }
    return (
      copy,
      Problem.Scaling(
        mean: mean, deviation: deviation, targetMean: targetMean, targetDeviation: targetDeviation)
    )
  }
}
