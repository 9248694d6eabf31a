internal import Tensors

extension InitializerDefinition {
  static let varianceScaling = InitializerDefinition(
    RegistryEntry(
      .initializer, "variance_scaling", "the general form of lecun, glorot and he",
      formula: #"\operatorname{Var} w = \tfrac{s}{n}"#,
      [
        .number("scale", 1, .above(0), "the scale s", positional: true),
        .choice("mode", ["fan_in", "fan_out", "fan_avg"], "which n"),
        .choice(
          "distribution", ["truncated_normal", "untruncated_normal", "uniform"],
          "the form of the draw"),
      ])
  ) { draw in
    let deviation = (draw.number("scale") / draw.fans.of(draw.term.word("mode"))).squareRoot()
    return switch draw.term.word("distribution") {
    case "uniform": draw.uniform(3.0.squareRoot() * deviation)
    case "untruncated_normal": draw.normal(deviation)
    default: draw.normal(deviation, truncated: true)
    }
  }
}
