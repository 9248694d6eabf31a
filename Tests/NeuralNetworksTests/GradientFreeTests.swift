import Testing

@testable import NeuralNetworks

/// Optimizers without a reference run: the properties that their papers promise.
@Suite struct GradientFreeTests {
  private static func ellipsoid(_ p: [Double]) -> (Double, [Double]) {
    var loss = 0.0
    var gradient: [Double] = []
    for (index, value) in p.enumerated() {
      let scale = Double(1 << index)
      loss += scale * (value - 1) * (value - 1)
      gradient.append(2 * scale * (value - 1))
    }
    return (loss, gradient)
  }

  private func minimum(
    _ name: String, _ arguments: [String: Argument] = [:], steps: Int, seed: UInt64 = 1
  ) throws -> [Double] {
    var problem = try Problem<Double>(
      Registry.term(.optimizer, name, arguments), start: [3, -2, 0, 4, -1], seed: seed)
    for _ in 0..<steps { _ = problem.step { Self.ellipsoid($0) } }
    return problem.point
  }

  @Test(arguments: ["full", "diagonal"])
  func cmaFindsTheMinimumOfAnEllipsoid(covariance: String) throws {
    let point = try minimum("cma_es", ["covariance": .word(covariance)], steps: 250)
    #expect(Self.ellipsoid(point).0 < 1e-10, "\(point)")
  }

  @Test func cmaLearnsTheAxesOfATurnedValley() throws {
    var problem = try Problem<Double>(
      Registry.term(.optimizer, "cma_es", ["covariance": .word("full")]), start: [-1.2, 1])
    for _ in 0..<300 {
      _ = problem.step { p in
        let valley = p[1] - p[0] * p[0]
        return (100 * valley * valley + (1 - p[0]) * (1 - p[0]), [0, 0])
      }
    }
    #expect(abs(problem.point[0] - 1) < 1e-6 && abs(problem.point[1] - 1) < 1e-6)
  }

  @Test func thePopulationComesNearAndNeverLosesItsBest() throws {
    var problem = try Problem<Double>(
      Registry.term(.optimizer, "genetic"), start: [3, -2, 0, 4, -1])
    var best = Double.infinity
    for _ in 0..<150 {
      let (loss, evaluations) = problem.step { Self.ellipsoid($0) }
      #expect(loss <= best)
      #expect(evaluations == problem.optimizer.evaluationsPerStep)
      best = loss
    }
    #expect(best < 0.05)
    #expect(Self.ellipsoid(problem.point).0 == best)
  }

  @Test(arguments: ["genetic", "cma_es"])
  func theSameSeedTakesTheSamePath(name: String) throws {
    #expect(try minimum(name, steps: 10) == minimum(name, steps: 10))
    #expect(try minimum(name, steps: 10) != minimum(name, steps: 10, seed: 2))
  }

  @Test(arguments: ["genetic", "cma_es"])
  func aLossThatIsNoNumberLoses(name: String) throws {
    var problem = try Problem<Float>(Registry.term(.optimizer, name), start: [1, 1])
    for _ in 0..<20 {
      _ = problem.step { p in (p[0] > 1.2 ? .nan : p[0] * p[0] + p[1] * p[1], [0, 0]) }
    }
    #expect(problem.point.allSatisfy { $0.isFinite })
  }

  @Test func everyOptimizerOfTheCatalogueGoesDownhill() throws {
    let rates = ["adadelta": 50.0, "lion": 0.01, "signsgd": 0.01, "adam": 0.05]
    for entry in Registry.entries(of: .optimizer) {
      let rate: [String: Argument] = rates[entry.name].map { ["rate": .number($0)] } ?? [:]
      let point = try minimum(entry.name, rate, steps: 100)
      #expect(
        Self.ellipsoid(point).0 < Self.ellipsoid([3, -2, 0, 4, -1]).0, "\(entry.name): \(point)")
    }
  }

  @Test func sharpnessIsMeasuredUphill() throws {
    // For w² the gradient a step ρ uphill of w is 2(w+ρ).
    var problem = try Problem<Double>(
      Registry.term(
        .optimizer, "sam",
        ["rate": .number(0.1), "rho": .number(0.5), "momentum": .number(0)]), start: [1])
    let (loss, evaluations) = problem.step { p in (p[0] * p[0], [2 * p[0]]) }
    #expect(loss == 1 && evaluations == 2)
    #expect(abs(problem.point[0] - (1 - 0.1 * 3)) < 1e-11)
  }
}
