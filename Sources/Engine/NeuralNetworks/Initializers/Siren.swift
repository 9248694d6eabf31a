internal import Tensors

extension InitializerDefinition {
  static let siren = InitializerDefinition(
    RegistryEntry(
      .initializer, "siren", "for sine layers",
      formula:
        #"U\left(\pm\tfrac{1}{n_\text{in}}\right)\text{ first},\ U\left(\pm\tfrac{\sqrt{6/n_\text{in}}}{\omega_0}\right)"#,
      [.number("omega", 30, .above(0), "frequency ω₀ of the sines", positional: true)])
  ) { draw in
    let fanIn = draw.fans.fanIn
    return draw.uniform(
      draw.context.isFirst ? 1 / fanIn : (6 / fanIn).squareRoot() / draw.number("omega"))
  }
}
