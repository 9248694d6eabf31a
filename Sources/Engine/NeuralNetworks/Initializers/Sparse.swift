internal import Tensors

extension InitializerDefinition {
  static let sparse = InitializerDefinition(
    RegistryEntry(
      .initializer, "sparse", "most of a column's weights 0, the others normal",
      formula: #"\lceil s\,n_\text{out}\rceil\ \text{zeros},\ N(0,\sigma^2)"#,
      [
        .number("sparsity", 0.9, .from(0, to: 1), "fraction of zeros s", positional: true),
        .number("std", 0.01, .atLeast(0), "σ of the others"),
      ])
  ) { sparseMatrix(&$0) }
}

/// A matrix with ⌈sparsity·rows⌉ zeros in each column and normal numbers elsewhere.
///
/// - Source: Martens, *Deep learning via Hessian-free optimization* (2010), as PyTorch has it.
private func sparseMatrix(_ draw: inout InitialDraw) -> [Double] {
  let shape = draw.shape
  let rows = shape.extents[0]
  let columns = shape.count / rows
  let zeros = min(rows, Int(clamped: (draw.number("sparsity") * Double(rows)).rounded(.up)))
  let std = draw.number("std")
  var weights = draw.fill { std * $0.normal() }
  for column in 0..<columns {
    for row in draw.generator.permutation(rows).prefix(zeros) {
      weights[Int(row) * columns + column] = 0
    }
  }
  return weights
}
