import Testing

@testable import NeuralNetworks

/// `jax.nn.sparse_plus` is the integral of `jax.nn.sparse_sigmoid`, `0.5·clip(x + 1, 0, 2)`.
@Test func sparsePlusIsTheIntegralOfSparseSigmoid() throws {
  let term = try Registry.term(.activation, "sparse_plus")
  let x = stride(from: -3.0, through: 3, by: 1.0 / 64).map { $0 }
  let values = try Engine.curve(of: term, at: x)
  let slopes = try Engine.curve(of: term, at: x, derivative: true)
  for (x, (value, slope)) in zip(x, zip(values, slopes)) {
    #expect(value == (x <= -1 ? 0 : x >= 1 ? x : (x + 1) * (x + 1) * 0.25), "at \(x)")
    #expect(slope == 0.5 * min(2, max(0, x + 1)), "at \(x)")
  }
  // As `jax.nn.sparse_plus` computes them.
  let points = [-2, -1, -0.5, 0, 0.5, 1, 2.0]
  let expected = [0, 0, 0.0625, 0.25, 0.5625, 1, 2]
  #expect(try Engine.curve(of: term, at: points) == expected)
}
