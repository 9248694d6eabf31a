internal import Tensors

extension Dataset {
  /// The samples of a table: every column but the target's is an input. A column of strings becomes
  /// one input for each of them, 1 for the row's string and 0 for others (one-hot).
  static func table(
    _ table: CSVTable, named name: String, target: String?, kind: TargetKind
  ) throws(DataFileError) -> Dataset {
    let last = table.header.count - 1
    guard let column = target.map({ table.header.firstIndex(of: $0) }) ?? last else {
      throw DataFileError(
        .line(1),
        "no column is named `\(target ?? "")`, only "
          + table.header.map { "`\($0)`" }.joined(separator: ", "))
    }
    guard last > 0 else { throw DataFileError(.line(1), "one column is both samples and target") }
    let features = table.header.indices.filter { $0 != column }
    var texts: [Int: [String]] = [:]
    for feature in features { texts[feature] = try table.texts(in: feature) }
    let width = features.reduce(0) { $0 + (texts[$1]?.count ?? 1) }
    try ReadingLimits.check(tableBytes: 8 * Quantity(width) * Quantity(table.rows.count))
    var inputs: [Float] = []
    inputs.reserveCapacity(width * table.rows.count)
    for row in table.rows {
      for feature in features {
        if let texts = texts[feature] {
          for text in texts { inputs.append(row.fields[feature] == text ? 1 : 0) }
        } else {
          inputs.append(Float(try table.number(row, feature)))
        }
      }
    }
    let names = features.flatMap { feature in
      texts[feature].map { $0.map { "\(table.header[feature])=\($0)" } } ?? [table.header[feature]]
    }
    return Dataset(
      name: name, shape: Shape(names.count), count: table.rows.count, inputs: inputs,
      featureNames: names, targets: try targets(of: table, column, kind))
  }

  /// Strings are classes, and so are up to 64 consecutive integers from 0 or 1, unless `kind`
  /// decides otherwise. Classes are sorted, numbers by value and strings by their bytes.
  private static func targets(
    of table: CSVTable, _ column: Int, _ kind: TargetKind
  ) throws(DataFileError) -> Targets {
    let texts = table.rows.map { $0.fields[column] }
    let numbers = texts.compactMap { Double($0) }
    if kind == .numbers || (kind == .auto && numbers.count == texts.count) {
      var values: [Double] = []
      for row in table.rows { values.append(try table.number(row, column)) }
      if kind == .numbers || !areClasses(values) {
        return .numbers(values.map { Float($0) }, columns: 1, names: [table.header[column]])
      }
    }
    if let empty = table.rows.first(where: { $0.fields[column].isEmpty }) {
      throw DataFileError(
        .line(empty.line), "column \(column + 1) (`\(table.header[column])`): the class is missing")
    }
    let areNumbers = numbers.count == texts.count
    let names = Set(texts).sorted {
      if areNumbers, let a = Double($0), let b = Double($1), a != b { return a < b }
      return $0 < $1
    }
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, Int32($0)) })
    return .classes(texts.map { places[$0]! }, names: names)
  }

  /// Whether these are consecutive integers from 0 or 1, at most 64.
  private static func areClasses(_ values: [Double]) -> Bool {
    guard values.allSatisfy({ $0 >= 0 && $0 <= 64 && $0 == $0.rounded() }) else { return false }
    let distinct = Set(values)
    let (minimum, maximum) = (distinct.min() ?? 0, distinct.max() ?? 0)
    return minimum <= 1 && distinct.count > 1
      && distinct.count == Int(clamped: maximum - minimum) + 1
  }
}

extension CSVTable {
  /// The different strings of a column without numbers, sorted by their bytes; nil for a column of
  /// numbers, even with malformed ones.
  ///
  /// - Throws: `DataFileError` for more than 64 strings, which are probably names.
  fileprivate func texts(in column: Int) throws(DataFileError) -> [String]? {
    let fields = rows.map { $0.fields[column] }
    guard fields.allSatisfy({ !$0.isEmpty && Double($0) == nil }) else { return nil }
    let texts = Set(fields).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    guard texts.count <= 64 else {
      throw DataFileError(
        .line(1),
        "column \(column + 1) (`\(header[column])`) holds \(texts.count) different texts; "
          + "up to 64 can each become an input")
    }
    return texts
  }
}
