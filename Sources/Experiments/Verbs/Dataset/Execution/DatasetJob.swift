import NeuralNetworks

/// The samples of a data set.
struct DatasetJob: Job {
  var term: Term
  var seed: UInt64

  var data: [Term] { [term] }

  var canonical: [NamedValue] {
    [.init("dataset", term.description), .init("seed", "\(seed)")]
  }

  func run(in environment: RunEnvironment) throws(EngineError) -> Run {
    let data =
      if let shelf = environment.shelf {
        try shelf(term, seed)
      } else {
        try Engine.dataset(term, seed: seed, files: environment.engineFiles)
      }
    var run = Run()
    run.metrics = [
      Run.Metric(.samples, value: Double(data.count)),
      Run.Metric(.features, value: Double(data.shape.count)),
    ]
    run.add(ColumnTable(data))
    if let names = data.classNames {
      run.metrics.append(Run.Metric(.classes, value: Double(names.count)))
      run.add(ClassTable(className: names, samples: Self.samples(of: data, classes: names.count)))
    }
    run[.shape] = data.shape.description
    run[.targets] = data.targetDescription
    if data.shape.rank >= 2, data.symbolCount == nil {
      RecordedImages(data).write(to: &run)
    } else {
      run.tables.append(RecordedPoints(data).table)
    }
    return run
  }

  /// The number of samples of each class.
  private static func samples(of data: Dataset, classes: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: classes)
    if case .classes(let labels, _) = data.targets {
      for label in labels { counts[Int(label)] += 1 }
    }
    return counts
  }
}

extension MetricKey {
  static let features = MetricKey("features")
  static let classes = MetricKey("classes")
}
