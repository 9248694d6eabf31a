import Diagnostics
import NeuralNetworks

extension OptionDecoder {
  /// The job of a `diagram`.
  mutating func diagram(_ subject: BlockNode) -> DiagramJob? {
    let layers = network(subject)
    let data = term("data", .dataset)
    var shape: Shape?
    if let given = text("input") {
      let parts = given.text.split { $0 == "x" || $0 == "×" || $0 == " " }.map { Int($0) }
      let extents = parts.compactMap(\.self)
      if extents.count == parts.count, (1...4).contains(extents.count),
        extents.allSatisfy({ (1...1_000_000).contains($0) }),
        extents.reduce(1.0, { $0 * Double($1) }) <= 1e8
      {
        shape = Shape(extents)
      } else {
        report(
          Diagnostic(
            "nn.type", path: path, range: given.wholeToken.range,
            message: "`input` must be a shape, not `\(given.text)`",
            hint: "such as `2`, or `1x28x28`: channels, height, width"))
      }
      if isGiven("data") {
        report(
          Diagnostic(
            "nn.contradiction", path: path, range: given.wholeToken.range,
            message: "`input` and `data` both give the shape of a sample", hint: "keep one of them")
        )
      }
    }
    let seed = integer("seed")
    guard let layers, let seed else { return nil }
    if shape == nil, data == nil, !isGiven("data") { shape = Shape(2) }
    return DiagramJob(network: layers, input: shape, dataset: data, seed: UInt64(seed))
  }
}
