import Testing

@testable import NeuralNetworks

@Test func hardMishIsItsFormulaAndItsSlopeThatOfThePieces() throws {
  let term = try Registry.term(.activation, "hardmish")
  let x = stride(from: -4.0, through: 4, by: 1.0 / 64).map { $0 }
  let values = try Engine.curve(of: term, at: x)
  let slopes = try Engine.curve(of: term, at: x, derivative: true)
  for (x, (value, slope)) in zip(x, zip(values, slopes)) {
    #expect(value == x / 2 * min(2, max(0, x + 2)), "at \(x)")
    #expect(slope == (x <= -2 ? 0 : x < 0 ? x + 1 : 1), "at \(x)")
  }
}
