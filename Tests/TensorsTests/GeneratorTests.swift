import Testing

@testable import Tensors

/// The known answers published with Random123 (`kat_vectors`, philox4x32 10).
@Test func philoxGivesItsPublishedVectors() {
  let ones = [UInt32](repeating: .max, count: 4)
  #expect(
    Generator.philox(counter: [0, 0, 0, 0], key: [0, 0])
      == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
  #expect(
    Generator.philox(counter: ones, key: [.max, .max])
      == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
  #expect(
    Generator.philox(
      counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
      key: [0xa409_3822, 0x299f_31d0])
      == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
}

@Test func streamsAreNamedAndIndependentOfEachOther() {
  var first = Generator(seed: 1, purpose: "weights", index: 0)
  let draws = (0..<10).map { _ in first.nextWord() }
  var others = [
    Generator(seed: 1, purpose: "weights", index: 1), Generator(seed: 1, purpose: "shuffle"),
    Generator(seed: 2, purpose: "weights"), Generator(seed: 1 << 40 | 1, purpose: "weights"),
  ]
  for index in others.indices {
    #expect((0..<10).map { _ in others[index].nextWord() } != draws)
  }
  var again = Generator(seed: 1, purpose: "weights", index: 0)
  #expect((0..<10).map { _ in again.nextWord() } == draws)
}

/// Sample moments within five standard errors of the distribution's.
@Test func momentsAreThoseOfTheDistributions() {
  let count = 100_000.0
  var generator = Generator(seed: 3, purpose: "moments")
  func check(_ mean: Double, _ variance: Double, fourth: Double, _ draw: () -> Double) {
    let values = (0..<Int(clamped: count)).map { _ in draw() }
    let average = values.reduce(0, +) / count
    let spread = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    #expect(abs(average - mean) < 5 * (variance / count).squareRoot())
    #expect(abs(spread - variance) < 5 * ((fourth - variance * variance) / count).squareRoot())
  }
  check(0.5, 1.0 / 12, fourth: 1.0 / 80) { generator.uniform() }
  check(0, 1, fourth: 3) { generator.normal() }
  // Variance 1 - 2·2·φ(2)/(2Φ(2)-1) of a normal cut at ±2; its fourth moment is below 3·0.774.
  check(0, 0.7737413, fourth: 1.4161) { generator.truncatedNormal() }
  check(0.3, 0.21, fourth: 0.3 * 0.7 * (0.343 + 0.027)) { generator.bernoulli(0.3) ? 1 : 0 }
}

@Test func shufflesArePermutationsThatReachEveryPlace() {
  var counts = [[Int]](repeating: [Int](repeating: 0, count: 5), count: 5)
  for index in 0..<5000 {
    var generator = Generator(seed: 5, purpose: "shuffle", index: index)
    let order = generator.permutation(5)
    #expect(order.sorted() == [0, 1, 2, 3, 4])
    for (place, value) in order.enumerated() { counts[place][Int(value)] += 1 }
  }
  // 1000 expected in each; five standard errors of a binomial are 142.
  #expect(counts.joined().allSatisfy { abs($0 - 1000) < 142 })
}
