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

  /// Bytes that runs which go side by side may hold together.
  let memory: Int

  /// Numbers that a worked example may print.
  private static let mostTraced: Quantity = 4000

  func check(limit: Double, isOwnLimit: Bool) -> (
    cost: ExperimentCost, plans: [RunPlan], diagnostics: [Diagnostic]
  ) {
    var diagnostics: [Diagnostic] = []
    var plans = experiment.plans
    var (operations, bytes, numbers) = (Quantity(0), Quantity(0), Quantity(0))
    var factors: [Cost.Factor] = []
    // Runs that differ in their seed cost the same.
    let repeats = max(1, plans.count { $0.variables == plans.first?.variables })
    let displayOptions =
      experiment.display.show.map(\.rawValue) + ["axes"] + experiment.display.axes
    for index in stride(from: 0, to: plans.count, by: repeats) {
      let plan = plans[index]
      do throws(EngineError) {
        let cost = try costs.cost(of: plan.job, shownAs: displayOptions) {
          job throws(EngineError) in
          try self.cost(of: job)
        }
        for place in index..<min(index + repeats, plans.count) { plans[place].cost = cost }
        operations += cost.engine.operations * Quantity(repeats)
        numbers += cost.engine.numbers * Quantity(repeats)
        if cost.bytes > bytes || factors.isEmpty {
          bytes = max(bytes, cost.bytes)
          factors = cost.engine.factors
        }
        if cost.traced > Self.mostTraced {
          diagnostics.append(tooLargeToPrint(cost.traced, plan))
        }
      } catch {
        diagnostics += mistakes(error, plan)
      }
    }
    if plans.count > 1 { factors.append(.init(name: "runs", value: Double(plans.count))) }
    factors.sort { $0.value != $1.value ? $0.value > $1.value : $0.name < $1.name }
    let cost = ExperimentCost(
      operations: operations.value, bytes: bytes.integer, numbers: numbers.value,
      factors: factors.map { .init(name: $0.name, value: $0.value) })
    if operations.value > limit { diagnostics.append(tooCostly(cost, limit, isOwnLimit)) }
    if bytes > Quantity(memory) { diagnostics.append(tooMuchMemory(cost)) }
    if numbers.value > ExperimentSettings.mostNumbers.block {
      diagnostics.append(tooMuchOutput(numbers.value, cost))
    }
    return (cost, plans, diagnostics)
  }

  // MARK: What is refused

  /// What an engine's error says to the author; of `show` and of files more can be said than one thing.
  private func mistakes(_ error: EngineError, _ plan: RunPlan) -> [Diagnostic] {
    let path = experiment.file.path
    switch error {
    case .option("show", _):
      let found = plan.places.show.sorted { $0.value.lowerBound < $1.value.lowerBound }
        .compactMap { show, place in refusal(of: show, in: plan.job).map { (place, $0) } }
      if !found.isEmpty {
        return found.map { place, problem in
          Diagnostic(
            "nn.show", path: path, range: place, message: problem, hint: "leave it out of `show`")
        }
      }
    case .file:
      let unread = plan.job.paths.compactMap { name in
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
    _ name: String, _ error: FileError, _ places: SourceRanges
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
  private func refusal(of show: Show, in job: Job) -> String? {
    guard case .train(var spec) = job else { return nil }
    spec.recordings = show == .accuracy ? .confusion : show.recordings
    do {
      _ = try Engine.cost(of: .train, spec, outlines: costs.outline)
      return nil
    } catch {
      guard case .option("show", let problem) = error else { return nil }
      guard show == .accuracy else { return problem }
      return problem.replacing("confusion and predictions need ", with: "accuracy needs ")
    }
  }

  /// Numbers have no accuracy: what is asked for would stay empty.
  private func checkAccuracy(_ spec: TrainingSpec) throws(EngineError) {
    guard experiment.display.show.contains(.accuracy) else { return }
    var probe = spec
    probe.recordings = .confusion
    _ = try Engine.cost(of: .train, probe, outlines: costs.outline)
  }

  /// Whether a data set can be shown as asked.
  private func check(_ data: DatasetOutline) throws(EngineError) {
    let show = experiment.display.show
    if show.contains(.images), !data.isImages {
      throw .option("show", problem: "the samples are no images: write `scatter`")
    }
    for word in [Show.histograms, .boxes] where show.contains(word) && data.isImages {
      throw .option("show", problem: "the samples are images: write `images`")
    }
    if show.contains(.classes), !data.hasClasses {
      throw .option("show", problem: "the targets are no classes: leave `classes` out")
    }
    if show.contains(.scatter), data.isImages {
      throw .option("show", problem: "the samples are images: write `images`")
    }
    let axes = experiment.display.axes
    guard !axes.isEmpty else { return }
    if axes.count != 2 { throw .option("axes", problem: "a scatter plot has two axes") }
    for axis in axes where !data.axes.contains(axis) {
      let hint = nameHint(for: axis, among: data.axes) ?? "the samples are images"
      throw .option("axes", problem: "there is no column `\(axis)`: \(hint)")
    }
  }

  // MARK: Costs

  private func cost(of job: Job) throws(EngineError) -> JobCost {
    switch job {
    case .train(let spec):
      let cost = try Engine.cost(of: .train, spec, outlines: costs.outline)
      try checkAccuracy(spec)
      return JobCost(engine: cost)
    case .signal(let spec):
      return JobCost(engine: try Engine.cost(of: .signal, spec, outlines: costs.outline))
    case .check(let spec):
      return JobCost(engine: try Engine.cost(of: .check, spec, outlines: costs.outline))
    case .trace(let spec):
      let cost = try Engine.cost(of: .trace, spec, outlines: costs.outline)
      return JobCost(engine: cost, traced: cost.numbers)
    case .diagram(let diagram):
      let network: NetworkDescription
      if let data = diagram.data {
        var spec = TrainingSpec(network: diagram.network, data: data)
        spec.seed = diagram.seed
        network = try Engine.describe(spec, outlines: costs.outline)
      } else {
        network = try Engine.describe(diagram.network, input: diagram.input ?? Shape(2))
      }
      return JobCost(engine: Cost(numbers: Quantity(network.layers.count) * 8))
    case .dataset(let term, _):
      let data = try costs.outline(of: term)
      try check(data)
      return JobCost(engine: Engine.cost(of: data))
    case .plot(let plot):
      let points = Quantity(plot.isSchedules ? plot.epochs : plot.points)
      let numbers = points * Quantity(plot.functions.count) * (plot.isSchedules ? 1 : 2)
      return JobCost(engine: Engine.cost(ofNumbers: numbers))
    case .graph, .list: return JobCost()
    }
  }

  // MARK: Messages

  private func list(_ factors: [ExperimentCost.Factor]) -> String {
    factors.prefix(3).map { "\($0.name) (\(NumbersApart.plain($0.value, 3)))" }
      .joined(separator: ", ")
  }

  private func tooCostly(
    _ cost: ExperimentCost, _ limit: Double, _ isOwnLimit: Bool
  ) -> Diagnostic {
    let numbers = NumbersApart(cost.operations, limit)
    return Diagnostic(
      "nn.limit", path: experiment.file.path, range: experiment.range,
      message: "the block would take \(numbers.value) operations; the"
        + " \(isOwnLimit ? "block's" : "site's") limit is \(numbers.limit)",
      hint: "the largest factors are \(list(cost.factors)): lower one of them, or raise `limit`")
  }

  /// In the unit that leaves less than a thousand of it: `12 GB`.
  private func size(_ bytes: Double, _ digits: Int) -> String {
    var value = bytes / 1e6
    var units = ["MB", "GB", "TB", "PB"][...]
    while value >= 1000, units.count > 1 {
      value /= 1000
      units.removeFirst()
    }
    return "\(NumbersApart.plain(value, digits)) \(units[units.startIndex])"
  }

  private func tooMuchMemory(_ cost: ExperimentCost) -> Diagnostic {
    let sizes = NumbersApart(Double(cost.bytes), Double(memory), words: size)
    return Diagnostic(
      "nn.limit", path: experiment.file.path, range: experiment.range,
      message: "a run of the block would need \(sizes.value) of memory; the site's limit is"
        + " \(sizes.limit)",
      hint: "the largest factors are \(list(cost.factors)): lower one of them")
  }

  private func tooMuchOutput(_ numbers: Double, _ cost: ExperimentCost) -> Diagnostic {
    let apart = NumbersApart(numbers, ExperimentSettings.mostNumbers.block)
    return Diagnostic(
      "nn.limit", path: experiment.file.path, range: experiment.range,
      message: "the block's result would hold about \(apart.value) numbers; at most"
        + " \(apart.limit) are allowed",
      hint: "fewer runs, or less in `show`; it has \(experiment.plans.count) runs")
  }

  private func tooLargeToPrint(_ cells: Quantity, _ plan: RunPlan) -> Diagnostic {
    Diagnostic(
      "nn.too-large", path: experiment.file.path, range: plan.places.lastLayer ?? experiment.range,
      message: "the worked example would print \(significant(cells.value, 4)) numbers; at most"
        + " \(Self.mostTraced.integer) can be read",
      hint: "fewer units, or a smaller `batch`")
  }
}
