internal import Tensors

extension InitializerDefinition {
  static let fixup = InitializerDefinition(
    RegistryEntry(
      .initializer, "fixup", "for residual branches without normalization",
      formula: #"L^{-1/(2m-2)}\,\text{he},\ \text{last of a branch } 0"#)
  ) { draw in
    let context = draw.context
    if context.isHead || context.branch?.isLast == true { return draw.fill { _ in 0 } }
    let he = 2.0.squareRoot() / draw.fans.fanIn.squareRoot()
    guard let branch = context.branch, branch.depth > 1 else { return draw.normal(he) }
    let power = -1 / Double(2 * branch.depth - 2)
    return draw.normal(he * Double.pow(Double(max(context.branchCount, 1)), power))
  }
}
