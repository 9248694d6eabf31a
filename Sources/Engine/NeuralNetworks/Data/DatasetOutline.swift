/// A data set without its samples: everything that shapes, losses and costs depend on.
package struct DatasetOutline: Hashable, Sendable {
  /// The values to predict.
  package enum Targets: Hashable, Sendable {
    /// The number of classes.
    case classes(Int)
    /// The numbers of a sample.
    case numbers(columns: Int)
    /// The number of classes at each step.
    case steps(Int)
  }

  /// The shape of one sample.
  package var shape: Shape
  /// N, the samples.
  package var count: Int
  /// The values to predict.
  package var targets: Targets
  /// The number of different symbols where inputs are symbols; else nil.
  package var symbolCount: Int?
  /// Whether the samples are all possible ones.
  package var isComplete = false
  /// Names of the first columns, and of a target that is a number: the axes of scatter plots.
  package var axes: [String]
  /// Operations of generating or reading the samples, and their bytes.
  package var operations: Quantity
  package var bytes: Quantity

  /// The targets in an error: `3 classes`, `2 numbers a sample`.
  package var targetDescription: String {
    switch targets {
    case .classes(let count): "\(count) classes"
    case .numbers(let columns):
      columns == 1 ? "one number a sample" : "\(columns) numbers a sample"
    case .steps(let count): "\(count) classes at each of \(shape.extents[0]) steps"
    }
  }

  /// Whether targets are classes.
  package var hasClasses: Bool {
    if case .numbers = targets { false } else { true }
  }

  /// Whether samples are images or sequences of vectors, not rows or sequences of symbols.
  package var isImages: Bool { shape.rank >= 2 && symbolCount == nil }

  /// Numbers of all samples' inputs.
  package var values: Quantity { Quantity(count) * shape.quantity }

  /// Numbers or labels of all samples' targets.
  var targetValues: Quantity {
    switch targets {
    case .classes: Quantity(count)
    case .numbers(let columns): Quantity(count) * Quantity(columns)
    case .steps: values
    }
  }

  /// The maximum number of columns in a scatter plot of samples.
  package static let axisLimit = 8
}

extension Shape {
  /// The number of its elements, which may be more than an integer can count.
  package var quantity: Quantity { extents.reduce(1) { $0 * Quantity($1) } }
}

extension Dataset {
  /// The outline of these samples.
  package var outline: DatasetOutline {
    var axes: [String] = []
    if shape.rank < 2 || symbolCount != nil {
      axes = (0..<min(shape.count, DatasetOutline.axisLimit)).map { name(ofColumn: $0) }
      if case .numbers(_, _, let names) = targets { axes.append(names.first ?? "target") }
    }
    let form: DatasetOutline.Targets =
      switch targets {
      case .classes(_, let names): .classes(names.count)
      case .numbers(_, let columns, _): .numbers(columns: columns)
      case .steps(_, let names): .steps(names.count)
      }
    var outline = DatasetOutline(
      shape: shape, count: count, targets: form, symbolCount: symbolCount, isComplete: isComplete,
      axes: axes, operations: 0, bytes: 0)
    outline.bytes = 4 * (outline.values + outline.targetValues)
    if let exact {
      outline.bytes += 8 * (Quantity(exact.inputs.count) + Quantity(exact.targets.count))
    }
    outline.operations = outline.values * Effort.fileNumber
    return outline
  }

  /// The name of an input's column.
  package func name(ofColumn column: Int) -> String {
    column < featureNames.count ? featureNames[column] : "x\(column + 1)"
  }

  /// The outline of a term's samples. Files are read for it, within `ReadingLimits`; no samples are
  /// generated.
  ///
  /// - Throws: The errors of `load`.
  static func outline(
    of term: Term, files: Engine.Files
  ) throws(EngineError) -> DatasetOutline {
    let samples = term.integer("samples") ?? 1000
    func number(_ name: String) -> Int { term.integer(name)! }
    switch term.name {
    case "xor": return parity(bits: 2, name: "xor").outline
    case "parity":
      return .made(
        1 << (term.integer("bits") ?? 4), [term.integer("bits") ?? 4], .classes(2), each: 20,
        isComplete: true)
    case "moons", "circles": return .made(samples, [2], .classes(2), each: 2500)
    case "spirals": return .made(samples, [2], .classes(number("classes")), each: 2500)
    case "checkerboard":
      return .made(samples, [2], .classes(2), each: 1000, names: ["x₁", "x₂"])
    case "blobs":
      return .made(samples, [number("features")], .classes(number("classes")), each: 900)
    case "linear", "sine":
      let features = term.integer("features") ?? 1
      return .made(
        samples, [features], .numbers(columns: 1), each: 300,
        names: features == 1 ? ["x"] : nil)
    case "friedman": return .made(samples, [10], .numbers(columns: 1), each: 400)
    case "noise":
      return .made(samples, [number("features")], .classes(number("classes")), each: 850)
    case "copy":
      let steps = 2 * number("length") + number("pause")
      return .made(
        samples, [steps], .steps(number("symbols") + 2), each: 200,
        symbolCount: number("symbols") + 2)
    default:
      var outline = try load(term, seed: 1, files: files).outline
      // While a file is read, its bytes are in memory too, and its numbers in Double or its fields
      // as strings.
      let isTable = ["csv", "iris", "digits"].contains(term.name)
      outline.bytes += (isTable ? 40 : 12) * outline.values
      outline.operations = outline.values * (isTable ? Effort.field : Effort.fileNumber)
      return outline
    }
  }
}

extension DatasetOutline {
  /// The outline of a generated data set.
  ///
  /// - Parameter each: Operations for each number of a sample.
  fileprivate static func made(
    _ count: Int, _ extents: [Int], _ targets: Targets, each: Quantity, names: [String]? = nil,
    isComplete: Bool = false, symbolCount: Int? = nil
  ) -> DatasetOutline {
    let shape = Shape(extents)
    var axes = names ?? (0..<min(extents[0], axisLimit)).map { "x\($0 + 1)" }
    if case .numbers = targets { axes.append("y") }
    var outline = DatasetOutline(
      shape: shape, count: count, targets: targets, symbolCount: symbolCount,
      isComplete: isComplete, axes: axes, operations: 0, bytes: 0)
    outline.operations = outline.values * each + Quantity(count) * Effort.row
    // The samples, their targets, and a permutation.
    outline.bytes = 4 * (outline.values + outline.targetValues + Quantity(count))
    return outline
  }
}
