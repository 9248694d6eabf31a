internal import Tensors

extension InitializerDefinition {
  static let zeros = InitializerDefinition(
    RegistryEntry(
      .initializer, "zeros", "all 0: every unit of a layer stays the same", formula: "0")
  ) { $0.fill { _ in 0 } }

  static let ones = InitializerDefinition(
    RegistryEntry(.initializer, "ones", "all 1", formula: "1")
  ) { $0.fill { _ in 1 } }

  static let constant = InitializerDefinition(
    RegistryEntry(
      .initializer, "constant", "all the same number", formula: "c",
      [.number("value", 0, nil, "the number c", positional: true)])
  ) { draw in
    let value = draw.number("value")
    return draw.fill { _ in value }
  }

  static let values = InitializerDefinition(
    RegistryEntry(
      .initializer, "values", "given numbers, row by row", formula: #"w_{ij}"#,
      [.numbers("values", nil, nil, "the numbers", positional: true, required: true)])
  ) { (draw) throws(EngineError) in
    let values = draw.term.numbers("values")!
    guard values.count == draw.count else {
      throw .argument(
        entry: "values", parameter: "values",
        problem: "\(values.count) values do not fill \(draw.shape)")
    }
    return values
  }
}
