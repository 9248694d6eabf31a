internal import Tensors

extension Initializer {
  /// A matrix with orthonormal rows or columns, whichever are fewer, times `gain`.
  ///
  /// The Q of the QR decomposition of a normal matrix with positive diagonal R, which is uniform
  /// over all such matrices; by Gram and Schmidt's method with each vector cleaned twice.
  /// - Source: Saxe, McClelland, Ganguli 2013; Mezzadri 2007 for the sign.
  func orthogonal(
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
      // As good as in the span of the others: draw another.
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

  /// Outputs and channels; a vector, such as a bias, is a matrix of one column.
  private static func matrix(_ shape: Shape) -> (out: Int, channels: Int) {
    (shape.extents[0], shape.rank > 1 ? shape.extents[1] : 1)
  }

  /// Zeros around an orthogonal matrix at the centre of the filters; for a dense layer that matrix.
  ///
  /// - Source: Xiao et al., *Dynamical isometry and a mean field theory of CNNs* (2018).
  func deltaOrthogonal(_ shape: Shape, gain: Double, _ generator: inout Generator) -> [Double] {
    let (out, channels) = Self.matrix(shape)
    let matrix = orthogonal(rows: out, columns: channels, gain: gain, &generator)
    guard shape.rank == 4 else { return matrix }
    let (height, width) = (shape.extents[2], shape.extents[3])
    var weights = [Double](repeating: 0, count: shape.count)
    for index in matrix.indices {
      weights[index * height * width + height / 2 * width + width / 2] = matrix[index]
    }
    return weights
  }

  /// Ones where a filter passes its own channel on.
  func dirac(_ shape: Shape, groups: Int) -> [Double] {
    let (out, channels) = Self.matrix(shape)
    let field = shape.rank == 4 ? (shape.extents[2], shape.extents[3]) : (1, 1)
    let perGroup = out / groups
    var weights = [Double](repeating: 0, count: shape.count)
    for group in 0..<groups {
      for index in 0..<min(perGroup, channels) {
        let filter = (group * perGroup + index) * channels + index
        weights[(filter * field.0 + field.0 / 2) * field.1 + field.1 / 2] = 1
      }
    }
    return weights
  }

  /// In each column ⌈sparsity·rows⌉ zeros, normal numbers elsewhere.
  ///
  /// - Source: Martens, *Deep learning via Hessian-free optimization* (2010), as PyTorch has it.
  func sparse(_ shape: Shape, _ generator: inout Generator) -> [Double] {
    let rows = shape.extents[0]
    let columns = shape.count / rows
    let zeros = min(rows, Int(clamped: (term.number("sparsity")! * Double(rows)).rounded(.up)))
    let std = term.number("std")!
    var weights = (0..<shape.count).map { _ in std * generator.normal() }
    for column in 0..<columns {
      for row in generator.permutation(rows).prefix(zeros) {
        weights[Int(row) * columns + column] = 0
      }
    }
    return weights
  }
}
