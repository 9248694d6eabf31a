/// The classes of the targets, in the order of their labels.
struct ClassTable: RunTable {
  var className: [String] = []
  /// How many samples each has, which a `dataset` counts.
  var samples: [Double]?

  static let name = "classes"
  static let columns: [RunColumn<Self>] = [
    .words("name", \.className), .optional("samples", \.samples),
  ]
}

extension Run {
  /// The names of the classes; none where the targets are no classes.
  var classNames: [String] { table(ClassTable.self)?.className ?? [] }
}
