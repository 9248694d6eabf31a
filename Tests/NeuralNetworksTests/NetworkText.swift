import Storage
import TestSupport
import Testing

@testable import NeuralNetworks

/// Networks and trainings from short texts, for tests.
enum Written {
  /// `dense 4`, `conv 3 kernel=3`: positional arguments in the order of the entry's parameters.
  static func layer(_ text: String) throws -> LayerSpec {
    let name = String(text.prefix { $0 != " " })
    let kind: Kind = Registry.entry(.layer, name) == nil ? .activation : .layer
    return .term(try term(kind, text))
  }

  static func term(_ kind: Kind, _ text: String) throws -> Term {
    let words = text.split(separator: " ").map(String.init)
    let entry = try #require(Registry.entry(kind, words[0]), "no \(kind) is named \(words[0])")
    let positions = entry.parameters.filter(\.isPositional).map(\.name)
    var position = 0
    var arguments: [String: Argument] = [:]
    for word in words.dropFirst() {
      let parts = word.split(separator: "=").map(String.init)
      let name = parts.count == 2 ? parts[0] : positions[position]
      position += parts.count == 2 ? 0 : 1
      let value = parts[parts.count - 1]
      arguments[name] =
        value == "true" || value == "false"
        ? .flag(value == "true")
        : Int(value).map { .integer($0) } ?? Double(value).map { .number($0) } ?? list(value)
    }
    return try entry.term(arguments)
  }

  /// `1x4x4` as numbers, anything else as a word.
  private static func list(_ value: String) -> Argument {
    let numbers = value.split(separator: "x").compactMap { Double($0) }
    return numbers.count > 1 ? .numbers(numbers) : .word(value)
  }

  static func training(
    _ network: [String], data: String, optimizer: String = "sgd", batch: Int = 8
  ) throws -> TrainingSpec {
    var spec = TrainingSpec(
      network: try network.map(layer), data: try term(.dataset, data),
      optimizer: try term(.optimizer, optimizer))
    spec.batch = batch
    return spec
  }

  @Sendable static func files(_ path: String) -> [UInt8]? {
    try? FileSystem.read(Repository.root + "/content/" + path)
  }
}

extension Trainer {
  /// A step with each batch of the training samples in their order; the last one may be smaller.
  ///
  /// - Parameter observe: Called with the loss of each step.
  mutating func stepThroughSamples(_ observe: (Double) -> Void = { _ in }) {
    let (samples, capacity) = (problem.trainIndices, problem.capacity)
    for start in stride(from: 0, to: samples.count, by: capacity) {
      let end = min(start + capacity, samples.count)
      observe(step(samples.span.extracting(start..<end)))
    }
  }
}
