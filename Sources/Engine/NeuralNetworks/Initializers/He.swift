internal import Tensors

extension InitializerDefinition {
  static let heNormal = InitializerDefinition(
    RegistryEntry(
      .initializer, "he_normal", aliases: ["kaiming_normal", "msra", "he", "kaiming"],
      "normal, keeps the variance through rectifiers",
      formula: #"N\left(0, \tfrac{2}{(1+a^2)\,n}\right)"#, [slope, mode, truncation])
  ) { $0.normal(deviation($0), truncated: $0.term.flag("truncated")) }

  static let heUniform = InitializerDefinition(
    RegistryEntry(
      .initializer, "he_uniform", aliases: ["kaiming_uniform"],
      "uniform, keeps the variance through rectifiers",
      formula: #"U\left(\pm\sqrt{\tfrac{6}{(1+a^2)\,n}}\right)"#, [slope, mode])
  ) { $0.uniform(3.0.squareRoot() * deviation($0)) }
}

/// The standard deviation √(2/(1+a²))/√n.
private func deviation(_ draw: InitialDraw) -> Double {
  let slope = draw.number("slope")
  return (2 / (1 + slope * slope)).squareRoot() / draw.fans.of(draw.term.word("mode")).squareRoot()
}
