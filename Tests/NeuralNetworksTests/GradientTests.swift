import NeuralNetworks
import Storage
import TestSupport
import Testing

/// Backpropagation against central differences, in Double.
struct GradientTests {
  /// `dense 4`, `conv 3 kernel=3`: positional arguments in the order of the entry's parameters.
  private static func term(_ text: String) throws -> LayerSpec {
    let words = text.split(separator: " ").map(String.init)
    let kind: Kind = Catalogue.entry(.layer, words[0]) == nil ? .activation : .layer
    let entry = try #require(Catalogue.entry(kind, words[0]))
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
        ? .flag(value == "true") : Int(value).map { .integer($0) } ?? .number(Double(value)!)
    }
    return .term(try entry.term(arguments))
  }

  private static func specification(
    _ network: [String], data: String, _ arguments: [String: Argument] = [:]
  ) throws -> TrainingSpec {
    var spec = TrainingSpec(
      network: try network.map(term), data: try Catalogue.term(.dataset, data, arguments))
    spec.batch = 8
    spec.initializer = try Catalogue.term(.initializer, "glorot_normal")
    return spec
  }

  @Sendable private static func files(_ path: String) -> [UInt8]? {
    try? Disc.read(Repository.root + "/content/" + path)
  }

  static let activations: [String] = Catalogue.entries(of: .activation)
    .filter { (try? $0.term()) != nil }.map(\.name)

  @Test(arguments: activations)
  func theGradientOfEveryActivationIsThatOfCentralDifferences(name: String) throws {
    let spec = try Self.specification(
      ["dense 6", name, "dense 1"], data: "moons", ["samples": .integer(24)])
    let outcome = try Engine.check(spec, files: Self.files)
    #expect(outcome.rows.count >= 4)
    #expect(outcome.worst < 1e-7, "\(outcome.rows)")
    let checked = outcome.rows.reduce(0) { $0 + $1.count - $1.kinks }
    #expect(checked > 0, "every element lies beside a kink")
  }

  @Test(arguments: [
    (["conv 3 kernel=3", "tanh", "max_pool 2", "flatten", "dense 10"], "digits"),
    (["conv 4 kernel=3 stride=2", "batch_norm", "silu", "flatten", "dense 10"], "digits"),
    (
      ["conv 4 kernel=3 dilation=2", "group_norm 2", "gelu", "avg_pool 2", "flatten", "dense 10"],
      "digits"
    ),
    (["conv 4", "depthwise_conv 3", "tanh", "global_avg_pool", "dense 10"], "digits"),
    (["flatten", "dense 5", "layer_norm", "tanh", "dense 10"], "digits"),
    (["embedding 4", "rnn 5", "each 3", "tanh"], "copy"),
    (["embedding 4", "lstm 5"], "copy"),
    (["embedding 4", "gru 5"], "copy"),
    (["embedding 4", "attention 2"], "copy"),
  ])
  func theGradientOfEveryLayerIsThatOfCentralDifferences(
    network: [String], data: String
  ) throws {
    var spec = try Self.specification(network, data: data)
    if data == "copy" {
      // As many outputs as there are symbols, at every step.
      let symbols = try Engine.dataset(spec.data, seed: 1, files: Self.files).symbolCount
      spec.network.append(try Self.term("each \(try #require(symbols))"))
    }
    let outcome = try Engine.check(spec, files: Self.files)
    #expect(outcome.worst < 1e-7, "\(outcome.rows.filter { $0.relativeError >= 1e-7 })")
  }
}
