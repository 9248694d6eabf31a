import Diagnostics
import NeuralNetworks

extension Diagnostic {
  /// An engine error, at the range of the article that it refers to.
  static func engine(
    _ error: EngineError, at range: Range<Int>, _ places: SourceRanges, _ path: String
  )
    -> Diagnostic
  {
    func place(_ options: String...) -> Range<Int> {
      options.lazy.compactMap { places.options[$0] }.first ?? range
    }
    func at(_ range: Range<Int>, _ id: Diagnostic.ID, _ hint: String? = nil) -> Diagnostic {
      Diagnostic(id, path: path, range: range, message: "\(error)", hint: hint)
    }
    switch error {
    case .unknownName: return at(range, "nn.unknown-name")
    case .argument: return at(range, "nn.argument")
    case .shape(let layer, _, _, _): return at(places.layer(layer), "nn.shape")
    case .join(let layer, _, _, _):
      return at(places.layer(layer), "nn.shape", "both sides must give the same shape")
    case .output:
      return at(
        places.lastLayer ?? range, "nn.output",
        "change the last layer, or leave it out where the data determine it")
    case .loss: return at(place("loss"), "nn.loss")
    case .layer(let layer, _, _): return at(places.layer(layer), "nn.layer")
    case .option(let name, _): return at(place(name, "data"), "nn.option")
    case .file: return at(place("data"), "nn.data-file")
    case .canceled: return at(range, "nn.cancelled")
    }
  }
}

extension SourceRanges {
  /// The range of the last top-level layer.
  var lastLayer: Range<Int>? {
    network.filter { $0.key.indices.count == 1 }.max { $0.key.indices[0] < $1.key.indices[0] }?
      .value
  }
}
