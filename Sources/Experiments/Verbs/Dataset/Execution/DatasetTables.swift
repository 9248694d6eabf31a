import NeuralNetworks

/// Mean, standard deviation, minimum and maximum of each column of a data set.
struct ColumnTable: RunTable {
  var columnName: [String] = []
  var mean: [Double] = []
  var deviation: [Double] = []
  var lowest: [Double] = []
  var highest: [Double] = []

  static let name = "columns"
  static let columns: [RunColumn<Self>] = [
    .words("name", \.columnName), .numbers("mean", \.mean), .numbers("deviation", \.deviation),
    .numbers("minimum", \.lowest), .numbers("maximum", \.highest),
  ]

  /// Maximum number of features with a row each; more are summarized in one row.
  private static let mostFeatures = 64
}

extension ColumnTable {
  init(_ data: Dataset) {
    let features = data.shape.count
    if features <= Self.mostFeatures {
      for feature in 0..<features {
        append(
          data.name(ofColumn: feature),
          (0..<data.count).map { Double(data.inputs[$0 * features + feature]) })
      }
    } else {
      append("all \(features)", data.inputs.map(Double.init))
    }
    guard case .numbers(let values, let columns, let names) = data.targets else { return }
    for column in 0..<columns {
      append(
        column < names.count ? names[column] : "target",
        stride(from: column, to: values.count, by: columns).map { Double(values[$0]) })
    }
  }

  private mutating func append(_ name: String, _ values: [Double]) {
    let count = Double(max(1, values.count))
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    columnName.append(name)
    self.mean.append(mean)
    deviation.append((squares / count).squareRoot())
    lowest.append(roundedToFloat(values.min() ?? .nan))
    highest.append(roundedToFloat(values.max() ?? .nan))
  }
}

/// The first samples of a data set: its first features by name, then the targets.
struct RecordedPoints: Hashable, Sendable {
  private(set) var table: Run.Table

  private static let name = "points"
  private static let className = "class"
  /// Maximum number of samples that a picture can show.
  private static let mostPoints = 2000

  init(_ data: Dataset) {
    let features = data.shape.count
    let count = min(data.count, Self.mostPoints)
    var columns = (0..<min(features, DatasetOutline.axisLimit)).map { feature in
      Run.Column(
        data.name(ofColumn: feature),
        (0..<count).map { roundedToFloat(Double(data.inputs[$0 * features + feature])) })
    }
    switch data.targets {
    case .classes(let labels, _):
      columns.append(Run.Column(Self.className, labels.prefix(count).map(Double.init)))
    case .numbers(let values, let width, let names):
      columns.append(
        Run.Column(
          names.first ?? "target", (0..<count).map { roundedToFloat(Double(values[$0 * width])) }))
    case .steps: break
    }
    table = Run.Table(Self.name, columns)
  }

  /// Reads the form of ``table``; `nil` if the run has none.
  init?(in run: Run) {
    guard let table = run.table(Self.name) else { return nil }
    self.table = table
  }

  /// The label of each sample; `nil` if the targets are not classes.
  var classes: [Double]? { table.numbers(Self.className) }

  /// All columns except the label.
  var features: [(name: String, values: [Double])] {
    table.columns.compactMap { column in
      guard column.name != Self.className, case .numbers(let values) = column.values else {
        return nil
      }
      return (column.name, values)
    }
  }
}

/// The first samples of a data set of images.
struct RecordedImages: Hashable, Sendable {
  /// Shape: (samples, …).
  var images: Run.Grid
  var labels: ImageLabelTable?

  private static let imageName = "images"
  private static let mostImages = 40
}

/// The label of each recorded image.
struct ImageLabelTable: RunTable {
  var label: [Double] = []

  static let name = "images.labels"
  static let columns: [RunColumn<Self>] = [.numbers("class", \.label)]
}

extension RecordedImages {
  init(_ data: Dataset) {
    let count = min(data.count, Self.mostImages)
    images = Run.Grid(
      Self.imageName, shape: [count] + data.shape.extents,
      data.inputs.prefix(count * data.shape.count).map { roundedToFloat(Double($0)) })
    if case .classes(let labels, _) = data.targets {
      self.labels = ImageLabelTable(label: labels.prefix(count).map(Double.init))
    }
  }

  /// Reads the form written by ``write(to:)``; `nil` if the run has no images.
  init?(in run: Run) {
    guard let images = run.grid(Self.imageName) else { return nil }
    self.images = images
    labels = run.table()
  }

  func write(to run: inout Run) {
    run.grids.append(images)
    if let labels { run.add(labels) }
  }
}
