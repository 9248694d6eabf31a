/// The classes of the targets, in the order of their labels.
struct ClassTable: RunTable {
  var className: [String] = []
  /// The number of samples of each class, counted by a `dataset`.
  var samples: [Double]?

  static let name = "classes"
  static let columns: [RunColumn<Self>] = [
    .words("name", \.className), .optional("samples", \.samples),
  ]
}

extension Run {
  /// The names of the classes; empty if the targets are not classes.
  var classNames: [String] { table(ClassTable.self)?.className ?? [] }
}
