import Tensors
import Testing

@testable import NeuralNetworks

/// Moments of the draws within four standard errors, and exact values exactly.
@Suite struct InitializerTests {
  private func values(
    _ text: String, _ shape: Shape, _ context: Initializer.Context = .init(), seed: UInt64 = 1
  ) throws -> [Double] {
    var generator = Generator(seed: seed, purpose: "initializer test")
    return try Initializer(term: Written.term(.initializer, text)).values(
      ParameterSpec(name: "weight", shape: shape), context, &generator)
  }

  /// Mean, variance and fourth central moment.
  private func moments(_ x: [Double]) -> (mean: Double, variance: Double, fourth: Double) {
    let count = Double(x.count)
    let mean = x.reduce(0, +) / count
    let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let fourth = x.reduce(0) { sum, value in
      let square = (value - mean) * (value - mean)
      return sum + square * square
    }
    return (mean, variance, fourth / count)
  }

  private static let shape = Shape(160, 250)
  /// Each with its mean and its variance for 250 inputs and 160 outputs.
  static let draws: [(text: String, mean: Double, variance: Double)] = [
    ("normal 0.3 mean=2", 2, 0.09), ("uniform -1 3", 1, 16.0 / 12),
    (
      "truncated_normal 0.5 mean=1", 1,
      0.25 * Initializer.truncatedDeviation * Initializer.truncatedDeviation
    ),
    ("lecun_normal", 0, 1.0 / 250), ("lecun_uniform", 0, 1.0 / 250),
    ("lecun_normal truncated=true", 0, 1.0 / 250), ("glorot_normal", 0, 2.0 / 410),
    ("glorot_uniform", 0, 2.0 / 410), ("glorot_normal gain=2", 0, 8.0 / 410),
    ("he_normal", 0, 2.0 / 250), ("he_uniform", 0, 2.0 / 250),
    ("he_uniform mode=fan_out", 0, 2.0 / 160), ("he_normal slope=0.5", 0, 1.6 / 250),
    ("he_normal mode=fan_avg truncated=true", 0, 2.0 / 205),
    ("variance_scaling 3 mode=fan_avg", 0, 3.0 / 205), ("torch_default", 0, 1.0 / 750),
    ("siren", 0, 2.0 / 250 / 900), ("fixup", 0, 2.0 / 250), ("orthogonal", 0, 1.0 / 250),
  ]

  @Test(arguments: draws.indices)
  func drawsHaveTheirMoments(index: Int) throws {
    let (text, mean, variance) = Self.draws[index]
    let draws = try values(text, Self.shape)
    let count = Double(draws.count)
    let found = moments(draws)
    #expect(abs(found.mean - mean) < 4 * (variance / count).squareRoot(), "\(text)")
    let error = ((found.fourth - found.variance * found.variance) / count).squareRoot()
    #expect(abs(found.variance - variance) < 4 * error, "\(text): \(found.variance)")
  }

  @Test func boundsAreKept() throws {
    #expect(try values("uniform -1 3", Self.shape).allSatisfy { $0 >= -1 && $0 < 3 })
    let cut = try values("truncated_normal 0.5 mean=1", Self.shape)
    #expect(cut.allSatisfy { $0 >= 0 && $0 <= 2 })
    let first = try values("siren", Self.shape, .init(isFirst: true))
    #expect(first.allSatisfy { abs($0) <= 1 / 250 } && first.map { abs($0) }.max()! > 0.999 / 250)
  }

  @Test func convolutionsCountTheirReceptiveField() throws {
    let draws = try values("he_normal", Shape(64, 16, 3, 3))
    let found = moments(draws)
    let error = ((found.fourth - found.variance * found.variance) / Double(draws.count))
      .squareRoot()
    #expect(abs(found.variance - 2.0 / 144) < 4 * error)
  }

  @Test func constantsAndTheIdentityAreExact() throws {
    let shape = Shape(3, 2)
    #expect(try values("zeros", shape) == [0, 0, 0, 0, 0, 0])
    #expect(try values("ones", shape) == [1, 1, 1, 1, 1, 1])
    #expect(try values("constant 0.25", shape) == [0.25, 0.25, 0.25, 0.25, 0.25, 0.25])
    #expect(try values("identity", shape) == [1, 0, 0, 1, 0, 0])
    #expect(try values("identity 2", shape) == [2, 0, 0, 2, 0, 0])
  }

  @Test func deltaOrthogonalIsARotationAtTheCentre() throws {
    let (out, channels, gain) = (6, 4, 1.5)
    let weights = try values("delta_orthogonal \(gain)", Shape(out, channels, 3, 3))
    for (place, weight) in weights.enumerated() where place % 9 != 4 { #expect(weight == 0) }
    for i in 0..<channels {
      for j in 0..<channels {
        let dot = (0..<out).reduce(0.0) {
          $0 + weights[($1 * channels + i) * 9 + 4] * weights[($1 * channels + j) * 9 + 4]
        }
        #expect(abs(dot - (i == j ? gain * gain : 0)) < 1e-14)
      }
    }
  }

  @Test func fixupScalesBranchesAndEndsThemWithZeros() throws {
    func context(depth: Int, isLast: Bool) -> Initializer.Context {
      .init(branch: .init(index: 0, depth: depth, isLast: isLast), branchCount: 16)
    }
    #expect(try values("fixup", Self.shape, context(depth: 3, isLast: true)).allSatisfy { $0 == 0 })
    #expect(try values("fixup", Self.shape, .init(isHead: true)).allSatisfy { $0 == 0 })
    // 16 branches of three layers: he times 16^(-1/4).
    let plain = try values("fixup", Self.shape)
    let scaled = try values("fixup", Self.shape, context(depth: 3, isLast: false))
    #expect(excess(scaled, plain.map { $0 / 2 }, relative: 1e-14) == nil)
  }

  @Test func seedsGiveOtherDrawsAndTheSameSeedTheSame() throws {
    let draws = try values("he_normal", Self.shape)
    #expect(try values("he_normal", Self.shape) == draws)
    #expect(try values("he_normal", Self.shape, seed: 2) != draws)
  }
}
