package import JSON

extension Run {
  package var json: JSON {
    var members: [JSON.Member] = []
    if !facts.isEmpty {
      members.append(.init("facts", .object(facts)))
    }
    members.append(
      .init(
        "metrics",
        .object(metrics.map { JSON.Member($0.label, .number($0.value)) })))
    members.append(
      .init(
        "tables",
        .object(
          tables.map { table in
            JSON.Member(
              table.name,
              .object(
                table.columns.map { column in
                  switch column.values {
                  case .numbers(let values): JSON.Member(column.name, .numbers(values))
                  case .words(let values): JSON.Member(column.name, .strings(values))
                  }
                }))
          })))
    if !grids.isEmpty {
      members.append(
        .init(
          "grids",
          .object(
            grids.map { grid in
              JSON.Member(
                grid.name,
                .object([
                  "shape": .numbers(grid.shape.map(Double.init)), "values": .numbers(grid.values),
                ]))
            })))
    }
    return .object(members)
  }

  /// Decodes the form of ``json``; `nil` for anything else.
  package init?(json: JSON) {
    self.init()
    guard let metrics = json["metrics"]?.members, let tables = json["tables"]?.members else {
      return nil
    }
    for fact in json["facts"]?.members ?? [] {
      guard let text = fact.value.string else { return nil }
      facts.append(NamedValue(fact.name, text))
    }
    for metric in metrics {
      guard let value = metric.value.number, let read = Metric(label: metric.name, value) else {
        return nil
      }
      self.metrics.append(read)
    }
    for table in tables {
      var columns: [Column] = []
      for column in table.value.members ?? [] {
        if let numbers = column.value.numbers {
          columns.append(Column(column.name, numbers))
        } else if let items = column.value.items {
          let words = items.compactMap(\.string)
          guard words.count == items.count else { return nil }
          columns.append(Column(column.name, words))
        } else {
          return nil
        }
        guard columns.last!.count == columns[0].count else { return nil }
      }
      self.tables.append(Table(table.name, columns))
    }
    for grid in json["grids"]?.members ?? [] {
      guard let shape = grid.value["shape"]?.items?.compactMap(\.integer),
        let values = grid.value["values"]?.numbers, shape.allSatisfy({ $0 >= 0 }),
        values.count == shape.reduce(1, { $0.multipliedReportingOverflow(by: $1).partialValue })
      else { return nil }
      grids.append(Grid(grid.name, shape: shape, values))
    }
  }
}

extension Run.Metric {
  /// The metric as written in claims: `gradient[layer=1]`.
  package var label: String {
    selectors.isEmpty
      ? name
      : "\(name)[\(selectors.map { "\($0.name)=\($0.value)" }.joined(separator: ", "))]"
  }

  fileprivate init?(label: String, _ value: Double) {
    guard label.hasSuffix("]"), let open = label.firstIndex(of: "[") else {
      self.init(label, [], value)
      return
    }
    var selectors: [NamedValue] = []
    let inside = label[label.index(after: open)...].dropLast()
    for part in inside.split(separator: ",") {
      guard let equals = part.firstIndex(of: "=") else { return nil }
      selectors.append(
        NamedValue(
          String(part[..<equals].drop { $0 == " " }), String(part[part.index(after: equals)...])))
    }
    self.init(String(label[..<open]), selectors, value)
  }
}
