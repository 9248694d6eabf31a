import Diagnostics
import NeuralNetworks

extension OptionDecoder {
  /// The job of a `train`.
  mutating func training(_ subject: BlockNode) -> TrainJob? {
    // All options are decoded before any is used, so that every error is reported.
    let network = trainingSpec(subject, defaultData: nil)
    let test = number("test")
    let schedule = term("schedule", .schedule)
    let epochs = integer("epochs")
    let steps = integer("steps")
    if isGiven("epochs"), isGiven("steps") {
      report(
        Diagnostic(
          "nn.contradiction", path: path, range: places.options["steps"]!,
          message: "`steps` and `epochs` both give the length of the training",
          hint: "keep one of them"))
    }
    let clipNorm = number("clip")
    let clipValue = number("clip_value")
    let weightDecay = number("weight_decay")
    let pretraining = term("pretrain", .pretraining)
    let pretrainingData = term("pretrain_data", .dataset)
    let stop = term("stop", .stopping)
    if let place = places.options["pretrain_data"], pretraining?.name != "transfer",
      pretraining != nil || !isGiven("pretrain")
    {
      report(
        Diagnostic(
          "nn.contradiction", path: path, range: place,
          message: "only `pretrain: transfer` uses `pretrain_data`",
          hint: "add `pretrain: transfer`, or leave it out"))
    }
    if let name = pretraining?.otherDataName, Registry.entry(.dataset, name) == nil {
      let place = places.options["pretrain"] ?? places.verb
      report(.unknownName(Token(text: name, range: place), [.dataset], path))
    }
    guard var spec = network else { return nil }
    if let test { spec.testShare = test }
    if let steps {
      spec.length = .steps(steps)
    } else if let epochs {
      spec.length = .epochs(epochs)
    }
    spec.schedule = schedule
    spec.clipNorm = clipNorm
    spec.clipValue = clipValue
    spec.weightDecay = weightDecay
    spec.pretraining = pretraining
    spec.pretrainingData = pretrainingData
    spec.stop = stop
    return TrainJob(spec: spec)
  }
}

extension Term {
  /// The name of the data set of `transfer`.
  fileprivate var otherDataName: String? {
    guard kind == .pretraining,
      case .word(let name)? = arguments.first(where: { $0.name == "data" })?.value
    else { return nil }
    return name
  }
}
