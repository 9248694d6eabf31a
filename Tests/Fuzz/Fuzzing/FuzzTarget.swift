import Storage

/// Something that reads what others wrote: how to make inputs for it, and how to try one.
package struct FuzzTarget: Sendable {
  /// What inputs are made with and tried in.
  package struct Surroundings: Sendable {
    package var corpus: Corpus
    /// A folder that a target may fill and empty.
    package var scratch: String

    package init(corpus: Corpus, scratch: String) {
      self.corpus = corpus
      self.scratch = scratch
    }
  }

  package let name: String
  /// How many of these are tried for one of the dearest.
  package let weight: Int
  /// Makes an input: a function of the random numbers and the corpus.
  package let make: @Sendable (inout FuzzRandom, Corpus) -> FuzzInput
  /// Tries one, and gives a sentence for each promise that did not hold.
  package let run: @Sendable (FuzzInput, Surroundings) async -> [String]

  init(
    _ name: String, weight: Int, make: @escaping @Sendable (inout FuzzRandom, Corpus) -> FuzzInput,
    run: @escaping @Sendable (FuzzInput, Surroundings) async -> [String]
  ) {
    self.name = name
    self.weight = weight
    self.make = make
    self.run = run
  }

  /// Everything that is tried.
  package static let all: [FuzzTarget] = direct + data + sites

  /// A target by its name; also the three that only show that faults are found.
  package static func named(_ name: String) -> FuzzTarget? {
    (all + faulty).first { $0.name == name }
  }

  /// The input of an index: the same for the same seed, target, index and corpus.
  package func input(seed: UInt64, index: Int, _ corpus: Corpus) -> FuzzInput {
    var random = FuzzRandom(seed: seed, target: name, index: index)
    let findings = corpus.findings[name] ?? []
    // What was a finding once is a good place to look for its relatives.
    if !findings.isEmpty, random.once(in: 16) {
      var input = random.element(of: findings)
      var mutator = Mutator(random)
      let place = mutator.random.below(input.files.count)
      input.files[place].bytes = mutator.mutate(input.files[place].bytes, .general)
      return input
    }
    return make(&random, corpus)
  }
}

extension FuzzTarget {
  /// Targets with a fault of each kind, on every input that holds an `x`: what the tests of the
  /// fuzzer itself find.
  package static let faulty: [FuzzTarget] = [
    FuzzTarget("trap", weight: 1, make: word) { input, _ in
      if input.bytes.contains(UInt8(ascii: "x")) {
        let none: [Int] = []
        return ["never: \(none[input.byteCount])"]
      }
      return []
    },
    FuzzTarget("hang", weight: 1, make: word) { input, _ in
      var spins: UInt64 = 1
      while input.bytes.contains(UInt8(ascii: "x")), spins != 0 { spins = spins &* 3 | 1 }
      return []
    },
    FuzzTarget("memory", weight: 1, make: word) { input, _ in
      var held: [[UInt8]] = []
      while input.bytes.contains(UInt8(ascii: "x")) {
        held.append([UInt8](repeating: UInt8(truncatingIfNeeded: held.count), count: 1 << 24))
      }
      return held.isEmpty ? [] : ["never: \(held.count)"]
    },
    FuzzTarget("promise", weight: 1, make: word) { input, _ in
      input.bytes.contains(UInt8(ascii: "x")) ? ["promise: there is an x"] : []
    },
  ]

  private static func word(_ random: inout FuzzRandom, _ corpus: Corpus) -> FuzzInput {
    FuzzInput((0..<40).map { _ in random.element(of: Array("abcdefgh\nx".utf8)) })
  }
}
