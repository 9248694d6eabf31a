internal import Tensors

extension InitializerDefinition {
  static let identity = InitializerDefinition(
    RegistryEntry(
      .initializer, "identity", aliases: ["eye"], "ones on the diagonal", formula: "g I",
      [gain, activationGain])
  ) { draw in
    let (columns, gain) = (draw.count / draw.shape.extents[0], draw.gain)
    return (0..<draw.count).map { $0 / columns == $0 % columns ? gain : 0 }
  }

  static let dirac = InitializerDefinition(
    RegistryEntry(
      .initializer, "dirac", "filters that pass their channel through", formula: #"\delta"#,
      [.integer("groups", 1, 1...65_536, "groups of channels", positional: true)])
  ) { diracFilters($0.shape, groups: $0.term.integer("groups")!) }
}

/// Ones where a filter passes its own channel through.
private func diracFilters(_ shape: Shape, groups: Int) -> [Double] {
  let (out, channels) = (shape.extents[0], shape.rank > 1 ? shape.extents[1] : 1)
  let field = shape.rank == 4 ? (shape.extents[2], shape.extents[3]) : (1, 1)
  let perGroup = out / groups
  var weights = [Double](repeating: 0, count: shape.count)
  for group in 0..<groups {
    for index in 0..<min(perGroup, channels) {
      let filter = (group * perGroup + index) * channels + index
      weights[(filter * field.0 + field.0 / 2) * field.1 + field.1 / 2] = 1
    }
  }
  return weights
}
