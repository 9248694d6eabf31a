import Storage

/// A part of the program that parses what others wrote: how to make inputs for it, and how to try
/// one.
package struct FuzzTarget: Sendable {
  /// The corpus from which inputs are made, and the folder in which they are tried.
  package struct Surroundings: Sendable {
    package var corpus: Corpus
    /// A folder that a target may use freely.
    package var scratch: String

    package init(corpus: Corpus, scratch: String) {
      self.corpus = corpus
      self.scratch = scratch
    }
  }

  package let name: String
  /// The number of inputs to try for each one of the most expensive target.
  package let weight: Int
  /// Makes an input, as a function of the random numbers and the corpus.
  package let make: @Sendable (inout FuzzRandom, Corpus) -> FuzzInput
  /// Tries an input, and returns a sentence for each promise that does not hold.
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

  /// All targets that are tried by default.
  package static let all: [FuzzTarget] = direct + data + sites

  /// The target with a name, including the four that only show that faults are found.
  package static func named(_ name: String) -> FuzzTarget? {
    (all + faulty).first { $0.name == name }
  }

  /// The input with an index: the same for equal seeds, targets, indices and corpora.
  package func input(seed: UInt64, index: Int, _ corpus: Corpus) -> FuzzInput {
    var random = FuzzRandom(seed: seed, target: name, index: index)
    let findings = corpus.findings[name] ?? []
    // Inputs similar to an earlier finding are likely to reveal related faults.
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
  /// Targets with one kind of fault each, on every input that contains an `x`; the tests of the
  /// fuzzer itself find them.
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
