import NeuralNetworks

/// The training of a network.
struct TrainJob: NetworkJob {
  var spec: TrainingSpec

  var data: [Term] { [spec.data] + (spec.pretrainingData.map { [$0] } ?? []) }
  var training: TrainingSpec? { spec }

  var canonical: [NamedValue] {
    var lines = sharedLines("train")
    lines += [
      .init("test", "\(spec.testShare)"), .init("optimizer", spec.optimizer.description),
    ]
    switch spec.length {
    case .epochs(let count): lines.append(.init("epochs", "\(count)"))
    case .steps(let count): lines.append(.init("steps", "\(count)"))
    }
    func add(_ name: String, _ value: String?) {
      if let value { lines.append(.init(name, value)) }
    }
    add("schedule", spec.schedule?.description)
    add("clip", spec.clipNorm?.description)
    add("clip_value", spec.clipValue?.description)
    add("weight_decay", spec.weightDecay?.description)
    add("pretrain", spec.pretraining?.description)
    add("pretrain_data", spec.pretrainingData?.description)
    add("stop", spec.stop?.description)
    if spec.recordings.rawValue != 0 { add("record", "\(spec.recordings.rawValue)") }
    if !spec.frameEpochs.isEmpty {
      add("frames", spec.frameEpochs.map(String.init).joined(separator: " "))
    }
    return lines
  }

  /// The name of the `slider` that replays the training.
  static let epochSlider = "epoch"

  mutating func record(_ shown: [Show], slider: String?) {
    for word in shown { spec.recordings.formUnion(word.recordings) }
    if slider == Self.epochSlider { spec.frameEpochs = Self.frames(of: spec.length) }
  }

  /// About a dozen epochs, closer together at the start, where the network changes fastest.
  private static func frames(of length: TrainingSpec.Length) -> [Int] {
    guard case .epochs(let epochs) = length else { return [] }
    let steps = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
    return steps.filter { $0 < epochs }
  }
}
