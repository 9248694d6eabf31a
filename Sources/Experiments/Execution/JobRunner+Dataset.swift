import NeuralNetworks

extension JobRunner {
  /// As many samples as a picture can show.
  private static let mostPoints = 2000
  private static let mostImages = 40

  func dataset(_ term: Term, _ seed: UInt64) throws(EngineError) -> Run {
    let data =
      if let shelf {
        try shelf(term, seed)
      } else {
        try Engine.dataset(term, seed: seed, files: engineFiles)
      }
    let features = data.shape.count
    var run = Run()
    run.metrics = [
      Run.Metric("samples", [], Double(data.count)),
      Run.Metric("features", [], Double(features)),
    ]
    if let names = data.classNames {
      run.metrics.append(Run.Metric("classes", [], Double(names.count)))
      var counts = [Double](repeating: 0, count: names.count)
      if case .classes(let labels, _) = data.targets {
        for label in labels { counts[Int(label)] += 1 }
      }
      run.tables.append(
        Run.Table("classes", [Run.Column("name", names), Run.Column("samples", counts)]))
    }
    run.facts.append(.init("shape", data.shape.description))
    run.facts.append(.init("targets", data.targetDescription))
    run.tables.insert(Self.columns(of: data), at: 0)
    let isImage = data.shape.rank >= 2 && data.symbolCount == nil
    if isImage {
      let count = min(data.count, Self.mostImages)
      run.grids.append(
        Run.Grid(
          "images", shape: [count] + data.shape.extents,
          data.inputs.prefix(count * features).map { Self.roundedToFloat(Double($0)) }))
      if case .classes(let labels, _) = data.targets {
        run.tables.append(
          Run.Table("images.labels", [Run.Column("class", labels.prefix(count).map(Double.init))]))
      }
    } else {
      run.tables.append(Self.points(of: data))
    }
    return run
  }

  /// For each column its mean, deviation, least and greatest number.
  private static func columns(of data: Dataset) -> Run.Table {
    let features = data.shape.count
    var names: [String] = []
    var rows: [[Double]] = []
    func add(_ name: String, _ values: [Double]) {
      names.append(name)
      let count = Double(max(1, values.count))
      let mean = values.reduce(0, +) / count
      let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
      rows.append([mean, deviation, values.min() ?? .nan, values.max() ?? .nan])
    }
    if features <= 64 {
      for feature in 0..<features {
        add(
          data.name(ofColumn: feature),
          (0..<data.count).map { Double(data.inputs[$0 * features + feature]) })
      }
    } else {
      add("all \(features)", data.inputs.map(Double.init))
    }
    if case .numbers(let values, let columns, let targetNames) = data.targets {
      for column in 0..<columns {
        add(
          column < targetNames.count ? targetNames[column] : "target",
          stride(from: column, to: values.count, by: columns).map { Double(values[$0]) })
      }
    }
    return Run.Table(
      "columns",
      [
        Run.Column("name", names), Run.Column("mean", rows.map { $0[0] }),
        Run.Column("deviation", rows.map { $0[1] }),
        Run.Column("least", rows.map { roundedToFloat($0[2]) }),
        Run.Column("greatest", rows.map { roundedToFloat($0[3]) }),
      ])
  }

  /// The samples' columns, up to eight of them, and their targets.
  private static func points(of data: Dataset) -> Run.Table {
    let features = data.shape.count
    let count = min(data.count, mostPoints)
    var columns = (0..<min(features, DatasetOutline.axisLimit)).map { feature in
      Run.Column(
        data.name(ofColumn: feature),
        (0..<count).map { roundedToFloat(Double(data.inputs[$0 * features + feature])) })
    }
    switch data.targets {
    case .classes(let labels, _):
      columns.append(Run.Column("class", labels.prefix(count).map(Double.init)))
    case .numbers(let values, let width, let names):
      columns.append(
        Run.Column(
          names.first ?? "target", (0..<count).map { roundedToFloat(Double(values[$0 * width])) }))
    case .steps: break
    }
    return Run.Table("points", columns)
  }
}
