/// A lower triangular matrix A whose product `AAᵀ` is a covariance, stored column by column.
struct CholeskyFactor: Sendable {
  private let count: Int
  private var columns: [Double]
  /// The vector of a rank-one update while it is eliminated.
  private var rest: [Double]

  init(identity count: Int) {
    self.count = count
    columns = Array(repeating: 0, count: count * (count + 1) / 2)
    rest = Array(repeating: 0, count: count)
    var start = 0
    for column in 0..<count {
      columns[start] = 1
      start += count - column
    }
  }

  /// `y = Az`
  func multiply(_ z: ArraySlice<Double>, into y: inout ArraySlice<Double>) {
    for i in y.indices { y[i] = 0 }
    var start = 0
    for column in 0..<count {
      let factor = z[z.startIndex + column]
      for i in column..<count { y[y.startIndex + i] += columns[start + i - column] * factor }
      start += count - column
    }
  }

  mutating func scale(by factor: Double) {
    for i in columns.indices { columns[i] *= factor }
  }

  /// `AAᵀ ← AAᵀ+(factor·v)(factor·v)ᵀ`
  ///
  /// - Complexity: n² multiplications.
  /// - Source: Golub, Van Loan, *Matrix Computations*, §6.5.4.
  mutating func add(_ v: ArraySlice<Double>, times factor: Double) {
    for i in 0..<count { rest[i] = factor * v[v.startIndex + i] }
    var start = 0
    for column in 0..<count {
      let pivot = columns[start]
      let value = rest[column]
      let new = (pivot * pivot + value * value).squareRoot()
      let cosine = new / pivot
      let sine = value / pivot
      columns[start] = new
      var i = column + 1
      while i < count {
        let place = start + i - column
        columns[place] = (columns[place] + sine * rest[i]) / cosine
        rest[i] = cosine * rest[i] - sine * columns[place]
        i += 1
      }
      start += count - column
    }
  }
}
