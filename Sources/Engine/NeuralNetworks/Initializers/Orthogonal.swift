internal import Tensors

extension InitializerDefinition {
  static let orthogonal = InitializerDefinition(
    RegistryEntry(
      .initializer, "orthogonal", "a random rotation: lengths are kept exactly",
      formula: #"W^\top W = g^2 I"#, [gain, activationGain])
  ) { orthogonalMatrix(&$0) }

  static let deltaOrthogonal = InitializerDefinition(
    RegistryEntry(
      .initializer, "delta_orthogonal",
      "a rotation of the channels at a filter's center, 0 around it",
      formula: #"W_{\text{center}}^\top W_{\text{center}} = g^2 I"#, [gain, activationGain])
  ) { deltaOrthogonalFilters($0.shape, gain: $0.gain, &$0.generator) }

  static let lsuv = InitializerDefinition(
    RegistryEntry(
      .initializer, "lsuv", "orthogonal, then scaled layer by layer until a batch has variance 1",
      formula: #"W \leftarrow W/\operatorname{std}(y)"#,
      [
        .number("tolerance", 0.1, .above(0), "how far from 1 the variance may be"),
        .integer("tries", 10, 1...1000, "scalings of a layer at most"),
      ])
  ) { orthogonalMatrix(&$0) }
}

private func orthogonalMatrix(_ draw: inout InitialDraw) -> [Double] {
  let rows = draw.shape.extents[0]
  return orthogonalMatrix(
    rows: rows, columns: draw.count / rows, gain: draw.gain, &draw.generator)
}

/// A matrix whose rows or columns, whichever are fewer, are orthonormal, times `gain`.
///
/// It is the Q of the QR decomposition, with a positive diagonal of R, of a matrix of normal
/// numbers, which is uniform over all such matrices. It is computed by the Gram–Schmidt process
/// with each vector orthogonalized twice.
/// - Source: Saxe, McClelland, Ganguli 2013; Mezzadri 2007 for the sign.
private func orthogonalMatrix(
  rows: Int, columns: Int, gain: Double, _ generator: inout Generator
) -> [Double] {
  let (long, short) = (max(rows, columns), min(rows, columns))
  var vectors: [[Double]] = []
  vectors.reserveCapacity(short)
  while vectors.count < short {
    var vector = (0..<long).map { _ in generator.normal() }
    let before = norm(vector)
    for _ in 0..<2 {
      for other in vectors {
        var dot = 0.0
        for index in 0..<long { dot += vector[index] * other[index] }
        for index in 0..<long { vector[index] -= dot * other[index] }
      }
    }
    let after = norm(vector)
    // Almost in the span of the others: draw another.
    guard after > 1e-8 * before else { continue }
    for index in 0..<long { vector[index] /= after }
    vectors.append(vector)
  }
  var matrix = [Double](repeating: 0, count: rows * columns)
  for (index, vector) in vectors.enumerated() {
    for (place, value) in vector.enumerated() {
      matrix[rows <= columns ? index * columns + place : place * columns + index] = gain * value
    }
  }
  return matrix
}

private func norm(_ vector: [Double]) -> Double {
  vector.reduce(0) { $0 + $1 * $1 }.squareRoot()
}

/// Zeros around an orthogonal matrix at the center of the filters; for a dense layer that matrix.
///
/// - Source: Xiao et al., *Dynamical isometry and a mean field theory of CNNs* (2018).
private func deltaOrthogonalFilters(_ shape: Shape, gain: Double, _ generator: inout Generator)
  -> [Double]
{
  let (out, channels) = (shape.extents[0], shape.rank > 1 ? shape.extents[1] : 1)
  let matrix = orthogonalMatrix(rows: out, columns: channels, gain: gain, &generator)
  guard shape.rank == 4 else { return matrix }
  let (height, width) = (shape.extents[2], shape.extents[3])
  var weights = [Double](repeating: 0, count: shape.count)
  for index in matrix.indices {
    weights[index * height * width + height / 2 * width + width / 2] = matrix[index]
  }
  return weights
}
