import DecimalText
import Diagnostics
import NeuralNetworks
import Storage

/// What can be said of an experiment before it is run: whether the network's shapes fit, what it
/// costs, and whether its claims name results that there will be.
struct ExperimentCheck {
  let experiment: Experiment
  let files: DataFiles
  let costs: CostIndex

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
    let looks = experiment.display.show.map(\.rawValue) + ["axes"] + experiment.display.axes
    for (index, plan) in experiment.plans.enumerated() where index % max(1, repeats) == 0 {
      do throws(EngineError) {
        let cost = try costs.cost(of: plan.work, shownAs: looks) { work throws(EngineError) in
          try self.cost(of: work)
        }
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
        diagnostics += mistakes(error, plan)
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
    return (cost, diagnostics)
  }

  // MARK: What is refused

  /// What an engine's error says to the author; of `show` and of files more can be said than one thing.
  private func mistakes(_ error: EngineError, _ plan: RunPlan) -> [Diagnostic] {
    let path = experiment.file.path
    switch error {
    case .option("show", _):
      let found = plan.places.show.sorted { $0.value.lowerBound < $1.value.lowerBound }
        .compactMap { show, place in refusal(of: show, in: plan.work).map { (place, $0) } }
      if !found.isEmpty {
        return found.map { place, problem in
          Diagnostic(
            "nn.show", path: path, range: place, message: problem, hint: "leave it out of `show`")
        }
      }
    case .file:
      let unread = plan.work.paths.compactMap { name in
        if case .failure(let error) = files.read(name) { (name, error) } else { nil }
      }
      if !unread.isEmpty { return unread.map { unreadable($0, $1, plan.places) } }
    default: break
    }
    return [.engine(error, at: plan.places.verb, plan.places, path)]
  }

  /// What the data sets `iris` and `digits` read: no site but sitegen's own has them from the start.
  private static let ownFiles: Set<String> = ["data/iris.csv", "data/digits.csv"]

  private func unreadable(
    _ name: String, _ error: FileError, _ places: Places
  ) -> Diagnostic {
    var (message, hint) = error.explanation
    if case .notFound = error {
      message = "there is no data file `\(name)`"
      hint =
        if Self.ownFiles.contains(name) {
          "copy it from `content/data` of sitegen's repository to that of the site"
        } else if let near = nearestName(to: name, among: files.names()) {
          "did you mean `\(near)`?"
        } else if files.whereabouts.isEmpty {
          "check the name and the folder it is looked for in"
        } else {
          "it is looked for in \(files.whereabouts)"
        }
    }
    return Diagnostic(
      "nn.data-file", path: experiment.file.path,
      range: places.files[name] ?? places.options["data"] ?? places.verb, message: message,
      hint: hint)
  }

  /// Why one word of `show` cannot be shown of a training.
  private func refusal(of show: Show, in work: Work) -> String? {
    guard case .train(var spec) = work else { return nil }
    spec.recordings = show == .accuracy ? .confusion : show.recordings
    do {
      _ = try Engine.cost(of: spec, files: files.forEngine)
      return nil
    } catch {
      guard case .option("show", let problem) = error else { return nil }
      return show == .accuracy ? "accuracy needs classes" : problem
    }
  }

  /// Numbers have no accuracy: what is asked for would stay empty.
  private func checkAccuracy(_ spec: TrainingSpec) throws(EngineError) {
    guard experiment.display.show.contains(.accuracy) else { return }
    var probe = spec
    probe.recordings = .confusion
    _ = try Engine.cost(of: probe, files: files.forEngine)
  }

  /// Whether a data set can be shown as asked.
  private func check(_ term: Term, seed: UInt64) throws(EngineError) {
    let data = try Engine.dataset(term, seed: seed, files: files.forEngine)
    let isImage = data.shape.rank >= 2 && data.symbolCount == nil
    let show = experiment.display.show
    if show.contains(.images), !isImage {
      throw .option("show", problem: "the samples are no images: write `scatter`")
    }
    for word in [Show.histograms, .boxes] where show.contains(word) && isImage {
      throw .option("show", problem: "the samples are images: write `images`")
    }
    if show.contains(.classes), data.classNames == nil {
      throw .option("show", problem: "the targets are no classes: leave `classes` out")
    }
    if show.contains(.scatter), isImage {
      throw .option("show", problem: "the samples are images: write `images`")
    }
    let axes = experiment.display.axes
    guard !axes.isEmpty else { return }
    let names = WorkRunner.axisNames(of: data)
    if axes.count != 2 { throw .option("axes", problem: "a scatter plot has two axes") }
    for axis in axes where !names.contains(axis) {
      let hint = nameHint(for: axis, among: names) ?? "the samples are images"
      throw .option("axes", problem: "there is no column `\(axis)`: \(hint)")
    }
  }

  // MARK: Costs

  private func cost(of work: Work) throws(EngineError) -> WorkCost {
    switch work {
    case .train(let spec):
      let cost = try Engine.cost(of: spec, files: files.forEngine)
      try checkAccuracy(spec)
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
    case .dataset(let term, let seed):
      try check(term, seed: seed)
      return WorkCost()
    case .plot, .graph, .list: return WorkCost()
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
      if spec.recordings.contains(.boundary) { count += frames * 4096 + 4000 }
      if spec.recordings.contains(.landscape) { count += 2300 }
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
