import Diagnostics
import Markup
import NeuralNetworks

/// What can be said of an experiment before it is run: whether the network's shapes fit, what it
/// costs, and whether its claims name results that there will be.
struct ExperimentCheck {
  let experiment: Experiment
  let files: DataFiles

  /// Numbers that a result may hold, all runs together.
  private static let mostNumbers = 4_000_000.0
  /// Bytes that a run may need.
  private static let mostBytes = 4_000_000_000
  /// Numbers that a worked example may print.
  private static let mostTraced = 4000

  func check(limit: Double, isOwnLimit: Bool) -> (
    cost: ExperimentCost, diagnostics: [Diagnostic]
  ) {
    var diagnostics: [Diagnostic] = []
    var total = 0.0
    var bytes = 0
    var numbers = 0.0
    var factors: [ExperimentCost.Factor] = []
    let repeats = experiment.plans.count { $0.variables == experiment.plans.first?.variables }
    for (index, plan) in experiment.plans.enumerated() where index % max(1, repeats) == 0 {
      do {
        let cost = try cost(of: plan.work)
        total += cost.multiplyAdds * Double(repeats)
        bytes = max(bytes, cost.bytes)
        numbers += outputCount(of: plan.work, cost.layers) * Double(repeats)
        if (cost.factors.first?.value ?? 0) >= (factors.first?.value ?? 0) {
          factors = cost.factors
        }
        if cost.traced > Self.mostTraced {
          diagnostics.append(tooLargeToPrint(cost.traced, plan))
        }
      } catch {
        diagnostics.append(
          .engine(error, at: plan.places.verb, plan.places, experiment.file.path))
      }
    }
    if experiment.plans.count > 1 {
      factors.append(.init(name: "runs", value: Double(experiment.plans.count)))
    }
    factors.sort { $0.value != $1.value ? $0.value > $1.value : $0.name < $1.name }
    let cost = ExperimentCost(multiplyAdds: total, bytes: bytes, factors: factors)
    if total > limit { diagnostics.append(tooCostly(cost, limit, isOwnLimit: isOwnLimit)) }
    if bytes > Self.mostBytes { diagnostics.append(tooMuchMemory(cost)) }
    if numbers > Self.mostNumbers { diagnostics.append(tooMuchOutput(numbers, cost)) }
    if diagnostics.isEmpty {
      for claim in experiment.claims { diagnostics += claim.mistakes(in: experiment) }
    }
    return (cost, diagnostics)
  }

  private struct WorkCost {
    var multiplyAdds = 0.0
    var bytes = 0
    var factors: [ExperimentCost.Factor] = []
    var layers = 0
    var traced = 0
  }

  private func cost(of work: Work) throws(EngineError) -> WorkCost {
    switch work {
    case .train(let spec):
      let cost = try Engine.cost(of: spec, files: files.forEngine)
      let recordsLayers = spec.recordings.contains(.layers)
      let layers =
        recordsLayers
        ? try Engine.describe(spec, files: files.forEngine).layers.compactMap(\.number).count : 0
      return WorkCost(
        multiplyAdds: cost.multiplyAdds, bytes: cost.bytes,
        factors: cost.factors.map { .init(name: $0.name, value: $0.value) }, layers: layers)
    case .signal(let spec):
      let description = try Engine.describe(spec, files: files.forEngine)
      return WorkCost(
        multiplyAdds: 3 * Double(description.multiplyAdds) * Double(spec.batch),
        factors: factors(description, spec),
        layers: description.layers.compactMap(\.number).count)
    case .check(let spec):
      let description = try Engine.describe(spec, files: files.forEngine)
      let parameters = Double(description.parameterCount)
      return WorkCost(
        multiplyAdds: 2 * parameters * Double(description.multiplyAdds) * Double(spec.batch),
        factors: factors(description, spec) + [.init(name: "parameters", value: parameters)])
    case .trace(let spec):
      let description = try Engine.describe(spec, files: files.forEngine)
      let cells = description.layers.reduce(0) { sum, layer in
        sum + 3 * layer.parameterCount + 3 * spec.batch * layer.output.count
      }
      return WorkCost(traced: cells)
    case .diagram(let diagram):
      if let data = diagram.data {
        var spec = TrainingSpec(network: diagram.network, data: data)
        spec.seed = diagram.seed
        _ = try Engine.describe(spec, files: files.forEngine)
      } else {
        _ = try Engine.describe(diagram.network, input: diagram.input ?? Shape(2))
      }
      return WorkCost()
    default: return WorkCost()
    }
  }

  private func factors(
    _ description: NetworkDescription, _ spec: TrainingSpec
  ) -> [ExperimentCost.Factor] {
    let largest = description.layers.max { $0.multiplyAdds < $1.multiplyAdds }
    return [.init(name: "batch", value: Double(spec.batch))]
      + (largest.map { [.init(name: "`\($0.label)`", value: Double($0.multiplyAdds))] } ?? [])
  }

  /// About how many numbers a run's result holds.
  private func outputCount(of work: Work, _ layers: Int) -> Double {
    switch work {
    case .train(let spec):
      let frames = Double(spec.frameEpochs.count + 1)
      var count = 200.0 * 7 + Double(layers) * 200 * 9
      if spec.recordings.contains(.boundary) { count += frames * 8192 + 4000 }
      if spec.recordings.contains(.fit) { count += frames * 400 + 1000 }
      return count
    case .signal: return Double(layers) * 100
    case .plot(let plot): return Double(plot.functions.count * plot.points) * 2
    case .dataset: return 20_000
    default: return 100
    }
  }

  // MARK: Messages

  private func list(_ factors: [ExperimentCost.Factor]) -> String {
    factors.prefix(3).map { "\($0.name) (\(significant($0.value, 3)))" }.joined(separator: ", ")
  }

  private func tooCostly(
    _ cost: ExperimentCost, _ limit: Double, isOwnLimit: Bool
  ) -> Diagnostic {
    Diagnostic(
      "nn.limit", path: experiment.file.path, range: experiment.range,
      message: "the block would take \(significant(cost.multiplyAdds, 2)) multiply-adds; the"
        + " \(isOwnLimit ? "block's" : "site's") limit is \(significant(limit, 2))",
      hint: "the largest factors are \(list(cost.factors)): lower one of them, or raise `limit`")
  }

  private func tooMuchMemory(_ cost: ExperimentCost) -> Diagnostic {
    Diagnostic(
      "nn.limit", path: experiment.file.path, range: experiment.range,
      message: "a run of the block would need \(cost.bytes / 1_000_000) MB of memory; at most"
        + " \(Self.mostBytes / 1_000_000) MB are allowed",
      hint: "the largest factors are \(list(cost.factors))")
  }

  private func tooMuchOutput(_ numbers: Double, _ cost: ExperimentCost) -> Diagnostic {
    Diagnostic(
      "nn.limit", path: experiment.file.path, range: experiment.range,
      message: "the block's result would hold about \(significant(numbers, 2)) numbers; at most"
        + " \(significant(Self.mostNumbers, 2)) are allowed",
      hint: "fewer runs, or less in `show`; it has \(experiment.plans.count) runs")
  }

  private func tooLargeToPrint(_ cells: Int, _ plan: RunPlan) -> Diagnostic {
    Diagnostic(
      "nn.too-large", path: experiment.file.path, range: plan.places.lastLayer ?? experiment.range,
      message: "the worked example would print \(cells) numbers; at most \(Self.mostTraced) can be"
        + " read",
      hint: "fewer units, or a smaller `batch`")
  }
}
