import Testing

@testable import Tensors

/// The documented order of sums: sixteen lanes and one tree.
private func expectedSum(_ rows: [[Float]]) -> Float {
  var lanes = [Float](repeating: 0, count: 16)
  for row in rows { for (column, x) in row.enumerated() { lanes[column % 16] += x } }
  for half in [8, 4, 2, 1] { for lane in 0..<half { lanes[lane] += lanes[lane + half] } }
  return lanes[0]
}

@Test(arguments: KernelTable.available)
func reductionsHaveSixteenLanesOnEveryTable(kernels: KernelTable) throws {
  for (rows, columns) in [(0, 3), (1, 1), (1, 15), (1, 16), (1, 17), (3, 31), (5, 100), (2, 1023)] {
    let view = View(offset: 3, rows: rows, columns: columns, rowStride: columns + 5)
    let workspace = try Workspace<Float>(count: 4096, kernels: kernels)
    let values = samples(rows * columns)
    workspace.set(view, values)
    let matrix = (0..<rows).map { Array(values[$0 * columns..<($0 + 1) * columns]) }
    #expect(workspace.sum(view) == expectedSum(matrix))
    #expect(workspace.maximum(view) == (values.max() ?? -.infinity))
    #expect(workspace.minimum(view) == (values.min() ?? .infinity))
    let exact = values.reduce(0.0) { $0 + Double($1) * Double($1) }
    #expect(abs(Double(workspace.dot(view, view)) - exact) <= exact * 0x1p-18)
    #expect(workspace.dot(view, view) == workspace.reduce(.sumOfSquares, view))
    if rows > 0 {
      let best = workspace.argMaxRows(view)
      for (row, index) in best.enumerated() {
        #expect(Int(index) == matrix[row].firstIndex(of: matrix[row].max()!))
      }
    }
  }
}

@Test(arguments: KernelTable.available)
func momentsOfColumnsAndRows(kernels: KernelTable) throws {
  var plan = WorkspacePlan()
  let x = plan.reserve(rows: 33, columns: 19)
  let mean = plan.reserve(19)
  let variance = plan.reserve(19)
  let workspace = try Workspace<Float>(plan, kernels: kernels)
  workspace.set(x, samples(x.count))
  workspace.columnMoments(x, mean: mean, variance: variance)
  for column in 0..<19 {
    let values = (0..<33).map { Double(workspace[x, $0, column]) }
    let exact = values.reduce(0, +) / 33
    let spread = values.reduce(0) { $0 + ($1 - exact) * ($1 - exact) } / 33
    #expect(abs(Double(workspace[mean, 0, column]) - exact) < 33 * 2 * 0x1p-24)
    #expect(abs(Double(workspace[variance, 0, column]) - spread) < 33 * 4 * 0x1p-24)
  }
  let nan = try Workspace<Float>(count: 64, kernels: kernels)
  let row = View(offset: 0, rows: 1, columns: 40)
  nan[row, 0, 21] = .nan
  #expect(nan.maximum(row).isNaN && nan.minimum(row).isNaN && nan.argMaxRows(row) == [21])
}

@Test(arguments: KernelTable.available)
func crossEntropyAndItsGradient(kernels: KernelTable) throws {
  for columns in [1, 2, 10, 16, 17, 40] {
    let labels = IndexBuffer((0..<9).map { Int32($0 % columns) })
    var plan = WorkspacePlan()
    let logits = plan.reserve(rows: 9, columns: columns)
    let gradient = plan.reserve(rows: 9, columns: columns)
    let probabilities = plan.reserve(rows: 9, columns: columns)
    let workspace = try Workspace<Float>(plan, kernels: kernels)
    workspace.set(logits, samples(logits.count).map { $0 * 20 })
    let loss = workspace.evaluate(crossEntropy: logits, labels: labels, gradient: gradient)
    #expect(loss.count == 9)
    workspace.softmax(logits, into: probabilities)
    var expected = 0.0
    for row in 0..<9 {
      let x = (0..<columns).map { Double(workspace[logits, row, $0]) }
      let largest = x.max()!
      let sum = x.reduce(0) { $0 + Double.exp($1 - largest) }
      expected += Double.log(sum) + largest - x[Int(labels[row])]
      for column in 0..<columns {
        let p = Double.exp(x[column] - largest) / sum
        #expect(abs(Double(workspace[probabilities, row, column]) - p) < 1e-6)
        let slope = p - (column == Int(labels[row]) ? 1 : 0)
        #expect(abs(Double(workspace[gradient, row, column]) - slope / 9) < 1e-6)
      }
    }
    #expect(abs(loss.sum - expected) <= 1e-5 * max(1, expected))
  }
}

@Test(arguments: KernelTable.available)
func lossesCountElementsNotAddresses(kernels: KernelTable) throws {
  func loss(_ stride: Int) throws -> [Float] {
    let workspace = try Workspace<Float>(count: 4096, kernels: kernels)
    let x = View(offset: 0, rows: 35, columns: 3, rowStride: stride)
    let t = View(offset: 1024, rows: 35, columns: 3, rowStride: stride)
    let g = View(offset: 2048, rows: 35, columns: 3, rowStride: stride)
    workspace.set(x, samples(105).map { $0 * 40 })
    workspace.set(t, samples(105, 1).map { $0 > 0 ? 1 : 0 })
    let loss = workspace.evaluate(.binaryCrossEntropy, x, targets: t, gradient: g)
    return [Float(loss.sum)] + workspace.elements(g)
  }
  let reference = try loss(3)
  #expect(try loss(7) == reference)
  let x = samples(105).map { Double($0 * 40) }
  let t = samples(105, 1).map { $0 > 0 ? 1.0 : 0 }
  let expected = zip(x, t).reduce(0) {
    $0 + max($1.0, 0) - $1.0 * $1.1 + Double.log1p(Double.exp(-abs($1.0)))
  }
  #expect(abs(Double(reference[0]) - expected) < 1e-5 * expected)
}
