import Testing

@testable import NeuralNetworks

/// Generated data sets.
@Suite struct DataSynthesisTests {
  private func load(
    _ name: String, _ arguments: [String: Argument] = [:], seed: UInt64 = 1
  ) throws -> Dataset {
    try Dataset.load(
      Registry.term(.dataset, name, arguments), seed: seed, files: { _ in nil })
  }

  @Test(arguments: [
    "moons", "circles", "spirals", "blobs", "checkerboard", "linear", "sine", "friedman", "noise",
    "copy",
  ])
  func theSameSeedGivesTheSameBits(name: String) throws {
    let set = try load(name)
    #expect(set == (try load(name)))
    #expect(set != (try load(name, seed: 2)))
    #expect(set.inputs.count == set.count * set.shape.count)
    #expect(set.inputs.allSatisfy { $0.isFinite })
  }

  @Test func parityCountsOnes() throws {
    let xor = try load("xor")
    #expect(xor.inputs == [0, 0, 0, 1, 1, 0, 1, 1])
    #expect(xor.targets == .classes([0, 1, 1, 0], names: ["0", "1"]))
    let set = try load("parity", ["bits": .integer(5)])
    guard case .classes(let labels, _) = set.targets else { return #expect(Bool(false)) }
    for row in 0..<32 {
      let ones = set.inputs[row * 5..<row * 5 + 5].reduce(0, +)
      #expect(Int32(exactly: ones)! % 2 == labels[row])
    }
  }

  @Test func moonsWithoutNoiseLieOnTheirHalfCircles() throws {
    let set = try load("moons", ["samples": .integer(301), "noise": .number(0)])
    guard case .classes(let labels, _) = set.targets else { return #expect(Bool(false)) }
    #expect(labels.count { $0 == 0 } == 150)
    for (sample, label) in labels.enumerated() {
      var (x, y) = (Double(set.inputs[2 * sample]), Double(set.inputs[2 * sample + 1]))
      if label == 1 { (x, y) = (1 - x, 0.5 - y) }
      #expect(abs(x * x + y * y - 1) < 1e-6 && y > -1e-6)
    }
  }

  @Test func theNoiseHasItsStandardDeviation() throws {
    let (count, sigma) = (4000, 0.3)
    let arguments: [String: Argument] = ["samples": .integer(count), "noise": .number(sigma)]
    let set = try load("circles", arguments)
    let radius = (0..<count).map { sample -> Double in
      let (x, y) = (Double(set.inputs[2 * sample]), Double(set.inputs[2 * sample + 1]))
      return x * x + y * y
    }
    // E|p+ε|² = r²+2σ², half of the points at r = 1 and half at ½; four standard errors.
    let expected = (1 + 0.25) / 2 + 2 * sigma * sigma
    let mean = radius.reduce(0, +) / Double(count)
    let variance = radius.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
    #expect(abs(mean - expected) < 4 * (variance / Double(count)).squareRoot())
  }

  @Test func aCopiedMessageComesAfterThePause() throws {
    let set = try load("copy", ["length": .integer(3), "pause": .integer(2)])
    guard case .steps(let labels, let names) = set.targets else { return #expect(Bool(false)) }
    #expect(set.shape == Shape(8) && set.symbolCount == 6 && names.count == 6)
    for sample in 0..<set.count {
      let start = sample * 8
      #expect(
        set.inputs[start..<start + 3].map { Int32(exactly: $0)! }
          == Array(labels[start + 5..<start + 8]))
      #expect(labels[start..<start + 5].allSatisfy { $0 == 0 })
    }
  }
}
