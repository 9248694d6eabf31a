/// A table of a run with known columns. Code that writes the table and code that reads it share the
/// type, so each name is defined once.
///
/// A conforming type has a property for each column and lists them in ``columns``, in the order of
/// the file. Names and order are part of result files: changing them makes every committed result
/// stale.
protocol RunTable: Hashable, Sendable {
  /// The table's name in a run.
  static var name: String { get }
  static var columns: [RunColumn<Self>] { get }

  /// A table without rows, to be filled by decoding.
  init()
}

/// A column of a ``RunTable``: its name, and the property with its values.
struct RunColumn<Table>: Sendable {
  let name: String
  /// Significant digits of its numbers at a terminal; `nil` hides the column there.
  private(set) var textDigits: Int? = 4
  /// The values to write; `nil` if the table lacks the column.
  fileprivate let values: @Sendable (Table) -> Run.Column.Values?
  /// Stores the values of a column (`nil` if it is missing) in the table; `false` if they do not
  /// fit.
  fileprivate let fill: @Sendable (Run.Column.Values?, inout Table) -> Bool

  /// The column with a number of significant digits at a terminal; `nil` hides it there.
  func inText(digits: Int?) -> RunColumn {
    var column = self
    column.textDigits = digits
    return column
  }

  /// The column, hidden at a terminal.
  var hiddenInText: RunColumn { inText(digits: nil) }

  static func numbers(
    _ name: String, _ property: any WritableKeyPath<Table, [Double]> & Sendable
  ) -> RunColumn {
    RunColumn(
      name: name, values: { .numbers($0[keyPath: property]) },
      fill: { values, table in
        guard case .numbers(let numbers)? = values else { return false }
        table[keyPath: property] = numbers
        return true
      })
  }

  static func words(
    _ name: String, _ property: any WritableKeyPath<Table, [String]> & Sendable
  ) -> RunColumn {
    RunColumn(
      name: name, values: { .words($0[keyPath: property]) },
      fill: { values, table in
        guard case .words(let words)? = values else { return false }
        table[keyPath: property] = words
        return true
      })
  }

  /// Numbers that only some runs have, such as those of held-out samples.
  static func optional(
    _ name: String, _ property: any WritableKeyPath<Table, [Double]?> & Sendable
  ) -> RunColumn {
    RunColumn(
      name: name, values: { $0[keyPath: property].map { .numbers($0) } },
      fill: { values, table in
        switch values {
        case .numbers(let numbers)?: table[keyPath: property] = numbers
        case .words?: return false
        case nil: table[keyPath: property] = nil
        }
        return true
      })
  }
}

extension RunTable {
  /// The table in its stored form.
  var table: Run.Table {
    Run.Table(
      Self.name,
      Self.columns.compactMap { column in
        column.values(self).map { Run.Column(column.name, $0) }
      })
  }

  /// Decodes the form of ``table``; `nil` if a column is missing or has the wrong type.
  init?(_ table: Run.Table) {
    self.init()
    for column in Self.columns {
      let values = table.columns.first { $0.name == column.name }?.values
      guard column.fill(values, &self) else { return nil }
    }
  }
}

extension Run {
  /// The table of a type; `nil` if the run has none, or one with other columns.
  func table<Table: RunTable>(_ type: Table.Type = Table.self) -> Table? {
    table(Table.name).flatMap { Table($0) }
  }

  mutating func add(_ table: some RunTable) { tables.append(table.table) }

  /// Inserts a table before the others: the first table of a run is its CSV file.
  mutating func insertFirst(_ table: some RunTable) { tables.insert(table.table, at: 0) }
}
