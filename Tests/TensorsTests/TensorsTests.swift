import Testing

@testable import Tensors

@Test func productWithBiasAndFunction() throws {
  let workspace = try Workspace<Float>(count: 64)
  let a = View(offset: 0, rows: 2, columns: 3)
  let b = View(offset: 8, rows: 3, columns: 2)
  let bias = View(offset: 16, rows: 1, columns: 2)
  let c = View(offset: 24, rows: 2, columns: 2)
  workspace.set(a, [1, 2, 3, 4, 5, 6])
  workspace.set(b, [1, 0, 0, 1, 1, 1])
  workspace.set(bias, [-10, 1])
  workspace.multiply(a, b, into: c, bias: bias, function: .relu)
  #expect(workspace.elements(c) == [0, 6, 0, 12])
}
