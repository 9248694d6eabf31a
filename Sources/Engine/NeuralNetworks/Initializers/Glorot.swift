internal import Tensors

extension InitializerDefinition {
  static let glorotNormal = InitializerDefinition(
    RegistryEntry(
      .initializer, "glorot_normal", aliases: ["xavier_normal"],
      "normal, a compromise between keeping the variance of values and of gradients",
      formula: #"N\left(0, \tfrac{2g^2}{n_\text{in}+n_\text{out}}\right)"#,
      [gain, activationGain, truncation])
  ) { $0.normal(deviation($0), truncated: $0.term.flag("truncated")) }

  static let glorotUniform = InitializerDefinition(
    RegistryEntry(
      .initializer, "glorot_uniform", aliases: ["xavier_uniform", "xavier", "glorot"],
      "uniform, a compromise between keeping the variance of values and of gradients",
      formula: #"U\left(\pm g\sqrt{\tfrac{6}{n_\text{in}+n_\text{out}}}\right)"#,
      [gain, activationGain])
  ) { $0.uniform(3.0.squareRoot() * deviation($0)) }
}

/// The standard deviation g√(2/(n_in+n_out)).
private func deviation(_ draw: InitialDraw) -> Double {
  draw.gain * (2 / (draw.fans.fanIn + draw.fans.fanOut)).squareRoot()
}
