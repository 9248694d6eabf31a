internal import Tensors

extension InitializerDefinition {
  static let lecunNormal = InitializerDefinition(
    RegistryEntry(
      .initializer, "lecun_normal", "normal, keeps the variance of linear layers",
      formula: #"N\left(0, \tfrac{1}{n_\text{in}}\right)"#, [truncation])
  ) { $0.normal(deviation($0.fans), truncated: $0.term.flag("truncated")) }

  static let lecunUniform = InitializerDefinition(
    RegistryEntry(
      .initializer, "lecun_uniform", "uniform, keeps the variance of linear layers",
      formula: #"U\left(\pm\sqrt{\tfrac{3}{n_\text{in}}}\right)"#)
  ) { $0.uniform(3.0.squareRoot() * deviation($0.fans)) }
}

/// The standard deviation 1/√n_in.
private func deviation(_ fans: Initializer.Fans) -> Double { (1 / fans.fanIn).squareRoot() }
