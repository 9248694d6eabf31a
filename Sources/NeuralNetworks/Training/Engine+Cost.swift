internal import Tensors

extension Engine {
  /// What training would cost: nothing is run.
  package static func cost(of spec: TrainingSpec, files: Files) throws(EngineError) -> Cost {
    let problem = try Problem(spec, files: files)
    try problem.checkRecordings()
    let layers = problem.description.layers
    let forward = Double(max(1, problem.description.multiplyAdds))
    let samples = Double(problem.trainIndices.count)
    let all = Double(problem.data.count)
    var steps = Double(problem.epochs) * Double(problem.stepsPerEpoch)
    if case .steps(let limit) = spec.length { steps = min(steps, Double(limit)) }
    let epochs = Double(problem.epochs)
    // Backward is two products for each forward one; some optimizers look more than once.
    let looks: Double =
      switch spec.optimizer.name {
      case "sam": 2
      case "lbfgs": Double(spec.optimizer.integer("iterations") ?? 20) * 1.25
      case "genetic": Double(spec.optimizer.integer("population") ?? 50) / 3
      case "cma_es":
        Double(
          spec.optimizer.integer("population")
            ?? 4 + Int(clamped: 3 * Double.log(Double(max(1, problem.description.parameterCount)))))
          / 3
      default: 1
      }
    let rows = min(Double(problem.capacity) * steps, samples * epochs)
    let training = 3 * forward * rows * looks
    let interval = Double(spec.historyInterval ?? max(1, (problem.epochs + 199) / 200))
    let isWatched = spec.stop != nil || spec.schedule?.name == "plateau"
    let evaluations = 1 + (isWatched ? epochs : epochs / interval)
    var watching = forward * all * evaluations
    let showsLandscape = spec.recordings.contains(.landscape)
    if showsLandscape {
      let places = Double(Landscape.side * Landscape.side)
      watching += places * forward * min(samples, Double(Landscape.mostSamples))
    }
    let pretraining =
      spec.pretraining.map { term -> Double in
        4 * forward * samples * Double(term.integer("epochs") ?? 10)
          * Double(term.integer("k") ?? 1)
      } ?? 0
    let parameters = problem.description.parameterCount
    let values = problem.data.shape.count + layers.reduce(0) { $0 + $1.output.count }
    // The way in Float; the differences and what is made of them in Double.
    let kept =
      showsLandscape
      ? Double(parameters) * (evaluations + 2 * Double(Landscape.mostDifferences + 4)) : 0
    let passes = 2 * Double(values) * Double(problem.capacity)
    let bytes = Int(
      clamped: 4 * kept + 4 * (passes + 4 * Double(parameters))
        + 8 * Double(problem.data.inputs.count))
    var factors = [
      Cost.Factor(name: "epochs", value: epochs), Cost.Factor(name: "samples", value: samples),
    ]
    if let heaviest = layers.max(by: { $0.multiplyAdds < $1.multiplyAdds }) {
      factors.append(Cost.Factor(name: heaviest.label, value: Double(heaviest.multiplyAdds)))
    }
    if layers.count > 50 {
      factors.append(Cost.Factor(name: "layers", value: Double(layers.count)))
    }
    return Cost(
      multiplyAdds: training + watching + pretraining, bytes: bytes,
      factors: factors.sorted { $0.value > $1.value })
  }
}
