import DecimalText
import Diagnostics
import NeuralNetworks
import Storage

/// Checks an experiment before it is run: its network's shapes, and its cost.
struct ExperimentCheck {
  let experiment: Experiment
  let files: DataFiles
  let costs: CostIndex

  /// Maximum memory of concurrent runs, in bytes.
  let memory: Int

  /// Maximum number of values that a worked example may print.
  private static let mostTraced: Quantity = 4000

  func check(limit: Double, isOwnLimit: Bool) -> (
    cost: ExperimentCost, plans: [RunPlan], diagnostics: [Diagnostic]
  ) {
    var diagnostics: [Diagnostic] = []
    var plans = experiment.plans
    var (operations, bytes, numbers) = (Quantity(0), Quantity(0), Quantity(0))
    var factors: [Cost.Factor] = []
    // Runs that differ only in their seed have the same cost.
    let repeats = max(1, plans.count { $0.variables == plans.first?.variables })
    let context = CostContext(display: experiment.display, costs: costs)
    for index in stride(from: 0, to: plans.count, by: repeats) {
      let plan = plans[index]
      do throws(EngineError) {
        let cost = try costs.cost(of: plan.job, in: context)
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

  /// The diagnostics of an engine error; several if several words of `show` or several files are
  /// rejected.
  private func mistakes(_ error: EngineError, _ plan: RunPlan) -> [Diagnostic] {
    let path = experiment.file.path
    switch error {
    case .option("show", _):
      let found = plan.places.show.sorted { $0.value.lowerBound < $1.value.lowerBound }
        .compactMap { word, place in
          plan.job.refusal(of: word, in: CostContext(display: experiment.display, costs: costs))
            .map { (place, $0) }
        }
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

  /// The files of the data sets `iris` and `digits`, which come with sitegen's own site only.
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
          "files are searched in \(files.whereabouts)"
        }
    }
    return Diagnostic(
      "nn.data-file", path: experiment.file.path,
      range: places.files[name] ?? places.options["data"] ?? places.verb, message: message,
      hint: hint)
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

  /// A size in the largest unit in which it is at least one: `12 GB`.
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
