import Diagnostics
import PositionedYAML
import NeuralNetworks

extension OptionDecoder {
  /// The job of the verb's subject and the options; `nil` if there are errors.
  mutating func job(of subject: BlockNode) -> (any Job)? {
    let count = diagnostics.count
    let job = verb.definition.job(subject, &self)
    return diagnostics.count == count ? job : nil
  }

  /// A network with samples, from the options shared by all verbs about such networks.
  ///
  /// - Parameter defaultData: The data of a block without `data`; `nil` makes `data` required.
  mutating func trainingSpec(
    _ subject: BlockNode, defaultData: (([LayerSpec]) -> Term?)?
  ) -> TrainingSpec? {
    let layers = network(subject)
    var data = term("data", .dataset)
    if !isGiven("data") {
      if let defaultData {
        data = layers.flatMap { defaultData($0) }
      } else {
        report(
          Diagnostic(
            "nn.missing-option", path: path, range: places.verb,
            message: "`\(verb.rawValue)` needs `data`",
            hint: "such as `data: moons samples=500 noise=0.1`"))
      }
    }
    let optimizer =
      BlockOption.named("optimizer", for: verb) == nil ? nil : term("optimizer", .optimizer)
    let initializer = term("init", .initializer)
    let loss = term("loss", .loss)
    let seed = integer("seed")
    let standardizes = flag("standardize")
    let batch = integer("batch")
    guard let layers, let data, let seed, let batch else { return nil }
    var spec = TrainingSpec(network: layers, data: data, optimizer: optimizer)
    spec.initializer = initializer
    spec.loss = loss
    spec.seed = UInt64(seed)
    spec.standardizes = standardizes
    spec.batch = batch
    // Only `train` holds samples out, and sets their share itself.
    spec.testShare = 0
    return spec
  }

  /// As many classes as a network has outputs, so that placeholder data fit a network that is only
  /// to be shown.
  static func outputs(of layers: [LayerSpec], features: Int) -> Int {
    let description = try? Engine.describe(layers, input: Shape(features))
    return min(1000, max(2, description?.output.count ?? 2))
  }
}
