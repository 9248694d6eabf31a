internal import Tensors

extension InitializerDefinition {
  static let normal = InitializerDefinition(
    RegistryEntry(
      .initializer, "normal", aliases: ["gaussian", "random_normal"],
      "a normal distribution of fixed width",
      formula: #"N(\mu, \sigma^2)"#, spread)
  ) { $0.normal($0.number("std"), mean: $0.number("mean")) }

  static let uniform = InitializerDefinition(
    RegistryEntry(
      .initializer, "uniform", aliases: ["random_uniform"], "uniform between two numbers",
      formula: "U(a, b)",
      [
        .number("low", -0.05, nil, "the lower end a", positional: true),
        .number("high", 0.05, nil, "the upper end b", positional: true),
      ])
  ) { draw in
    let (low, high) = (draw.number("low"), draw.number("high"))
    return draw.fill { low + (high - low) * $0.uniform() }
  }

  static let truncatedNormal = InitializerDefinition(
    RegistryEntry(
      .initializer, "truncated_normal",
      "a normal distribution truncated at two standard deviations",
      formula: #"N(\mu, \sigma^2),\ |w-\mu|\le 2\sigma"#, spread)
  ) { draw in
    let (std, mean) = (draw.number("std"), draw.number("mean"))
    return draw.fill { mean + std * $0.truncatedNormal() }
  }
}
