/// The results of a block: named numbers, independent of how they are displayed.
///
/// It contains everything that a figure, a table, a claim or a file shows, so an outcome from the
/// cache or from a committed file gives the same page, byte for byte.
package struct Outcome: Hashable, Sendable {
  /// One run for each combination of the block's variables and each seed, in the order of `vary`.
  package var runs: [Run]

  package init(runs: [Run]) { self.runs = runs }
}

/// The results of one run.
package struct Run: Hashable, Sendable {
  /// A named number, narrowed by selectors: `gradient[layer=1]`.
  package struct Metric: Hashable, Sendable {
    package var name: String
    package var selectors: [NamedValue]
    package var value: Double

    package init(_ name: String, _ selectors: [NamedValue] = [], _ value: Double) {
      self.name = name
      self.selectors = selectors
      self.value = value
    }
  }

  package struct Column: Hashable, Sendable {
    package enum Values: Hashable, Sendable {
      case numbers([Double])
      case words([String])
    }

    package var name: String
    package var values: Values

    package init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }

    package init(_ name: String, _ numbers: [Double]) {
      self.name = name
      values = .numbers(numbers)
    }

    package init(_ name: String, _ words: [String]) {
      self.name = name
      values = .words(words)
    }

    package var count: Int {
      switch values {
      case .numbers(let values): values.count
      case .words(let values): values.count
      }
    }
  }

  /// Columns of equal length.
  package struct Table: Hashable, Sendable {
    package var name: String
    package var columns: [Column]

    package init(_ name: String, _ columns: [Column]) {
      precondition(
        columns.allSatisfy { $0.count == columns[0].count }, "columns of \(name) differ in length")
      self.name = name
      self.columns = columns
    }

    package var rowCount: Int { columns.first?.count ?? 0 }

    package func numbers(_ column: String) -> [Double]? {
      guard case .numbers(let values)? = columns.first(where: { $0.name == column })?.values
      else { return nil }
      return values
    }

    package func words(_ column: String) -> [String]? {
      guard case .words(let values)? = columns.first(where: { $0.name == column })?.values
      else { return nil }
      return values
    }
  }

  /// Numbers on a grid in row-major order.
  package struct Grid: Hashable, Sendable {
    package var name: String
    package var shape: [Int]
    package var values: [Double]

    package init(_ name: String, shape: [Int], _ values: [Double]) {
      precondition(
        values.count == shape.reduce(1, *), "\(values.count) values do not fill \(name) \(shape)")
      self.name = name
      self.shape = shape
      self.values = values
    }
  }

  package var metrics: [Metric]
  package var tables: [Table]
  package var grids: [Grid]
  /// Text values that a figure needs: shapes, the loss, sample counts.
  package var facts: [NamedValue]

  package init(
    metrics: [Metric] = [], tables: [Table] = [], grids: [Grid] = [], facts: [NamedValue] = []
  ) {
    self.metrics = metrics
    self.tables = tables
    self.grids = grids
    self.facts = facts
  }

  package func table(_ name: String) -> Table? { tables.first { $0.name == name } }
  package func grid(_ name: String) -> Grid? { grids.first { $0.name == name } }
  package func metric(_ name: String) -> Double? {
    metrics.first { $0.name == name && $0.selectors.isEmpty }?.value
  }
}

// Outcomes are compared bit by bit: NaN equals itself, so that a diverged run read back from a file
// equals the run that was written.

extension Run.Metric {
  package static func == (a: Self, b: Self) -> Bool {
    a.name == b.name && a.selectors == b.selectors && isSame(a.value, b.value)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(selectors)
  }
}

extension Run.Column.Values {
  package static func == (a: Self, b: Self) -> Bool {
    switch (a, b) {
    case (.numbers(let a), .numbers(let b)): a.elementsEqual(b, by: isSame)
    case (.words(let a), .words(let b)): a == b
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .numbers(let values): hasher.combine(values.count)
    case .words(let values): hasher.combine(values)
    }
  }
}

extension Run.Grid {
  package static func == (a: Self, b: Self) -> Bool {
    a.name == b.name && a.shape == b.shape && a.values.elementsEqual(b.values, by: isSame)
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(shape)
  }
}

private func isSame(_ a: Double, _ b: Double) -> Bool { a == b || (a.isNaN && b.isNaN) }
