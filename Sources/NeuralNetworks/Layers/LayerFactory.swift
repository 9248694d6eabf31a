/// From a term to the layer that it names, for a given input.
enum LayerFactory {
  static func layer(
    _ term: Term, input: Shape, symbolCount: Int?, path: LayerPath
  ) throws(EngineError) -> any Layer {
    if term.kind == .activation {
      if let function = ScalarFunction(term) {
        return ActivationLayer(output: input, function: function, name: term.name)
      }
      return try vectorActivation(term, input: input, path: path)
    }
    func refuse(_ expected: String) -> EngineError {
      .shape(layer: path, name: term.name, expected: expected, found: input)
    }
    switch term.name {
    case "dense":
      guard input.rank == 1 else {
        throw refuse("a row of numbers (`flatten` makes one of an image or a sequence)")
      }
      return Dense(
        input: input.count, units: term.integer("units")!, hasBias: term.flag("bias"),
        initializer: term.term("init"), biasInitializer: term.term("bias_init"))
    default:
      throw .unknownName(.layer, term.name)
    }
  }

  private static func vectorActivation(
    _ term: Term, input: Shape, path: LayerPath
  ) throws(EngineError) -> any Layer {
    switch term.name {
    case "softmax":
      return SoftmaxLayer(output: input, form: .softmax, temperature: term.number("temperature")!)
    case "log_softmax": return SoftmaxLayer(output: input, form: .logSoftmax)
    case "softmin": return SoftmaxLayer(output: input, form: .softmin)
    default: throw .unknownName(.activation, term.name)
    }
  }

  /// The term as an author writes it: what is not the default.
  static func label(_ term: Term) -> String {
    guard let entry = Catalogue.entry(term.kind, term.name) else { return term.name }
    return term.arguments.reduce(into: term.name) { label, argument in
      guard let parameter = entry.parameter(argument.name),
        parameter.defaultValue != argument.value
      else { return }
      label += parameter.isRequired ? " \(argument.value)" : " \(argument.name)=\(argument.value)"
    }
  }
}
