import Diagnostics

/// A result as claims and prose name it, found in an experiment: which runs, and which number of each.
struct MetricReference {
  let metric: MetricName
  /// Indices of the runs: one, or as many as the block has repeats.
  let runs: [Int]
  /// Selectors that narrow the metric itself: `layer=3`.
  let selectors: [Run.Selector]
  let range: Range<Int>

  /// Finds what a name and its selectors mean.
  ///
  /// - Parameters:
  ///   - path: The file that the name stands in.
  /// - Throws: What is wrong with it, at its place.
  init(
    _ name: Token, _ given: [Expression.Selector], in experiment: Experiment, path: String
  ) throws(Diagnostic) {
    let known = MetricName.names(for: experiment.verb).map(\.name)
    guard let metric = MetricName.named(name.text, for: experiment.verb) else {
      throw Diagnostic(
        "nn.unknown-metric", path: path, range: name.range,
        message: "`\(experiment.verb.rawValue)` gives no result `\(name.text)`",
        hint: nearestName(to: name.text, among: known).map { "did you mean `\($0)`?" }
          ?? (known.isEmpty
            ? nil : "one of " + known.map { "`\($0)`" }.joined(separator: ", ")))
    }
    let names = experiment.variables.map(\.name)
    let hasSeeds = experiment.plans.contains { $0.seed != nil }
    let allowed = names + (hasSeeds ? ["seed"] : []) + metric.selectors
    var chosen: [String: Int] = [:]
    var selectors: [Run.Selector] = []
    var seed: Int?
    for selector in given {
      if let index = names.firstIndex(of: selector.name.text) {
        let values = experiment.variables[index].values
        guard let value = values.firstIndex(where: { Self.isSame($0, selector.value.text) }) else {
          throw Diagnostic(
            "nn.selector", path: path, range: selector.value.range,
            message: "`\(selector.name.text)` is never `\(selector.value.text)`",
            hint: nameHint(for: selector.value.text, among: values))
        }
        chosen[names[index]] = value
      } else if selector.name.text == "seed", hasSeeds {
        let seeds = experiment.plans.compactMap(\.seed)
        guard let number = Int(selector.value.text), seeds.contains(number) else {
          throw Diagnostic(
            "nn.selector", path: path, range: selector.value.range,
            message: "no run has the seed \(selector.value.text)",
            hint: "seeds from \(seeds.min() ?? 0) to \(seeds.max() ?? 0)")
        }
        seed = number
      } else if metric.selectors.contains(selector.name.text) {
        selectors.append(Run.Selector(selector.name.text, selector.value.text))
      } else {
        throw Diagnostic(
          "nn.selector", path: path, range: selector.name.range,
          message: "`\(name.text)` is not told apart by `\(selector.name.text)`",
          hint: allowed.isEmpty
            ? "leave the brackets out"
            : "only by " + allowed.map { "`\($0)`" }.joined(separator: ", "))
      }
    }
    if let missing = experiment.variables.first(where: {
      $0.values.count > 1 && chosen[$0.name] == nil
    }) {
      throw Diagnostic(
        "nn.selector", path: path, range: name.range,
        message:
          "`\(name.text)` of which run? `\(missing.name)` has \(missing.values.count) values",
        hint: "write `\(name.text)[\(Self.example(experiment.variables))]`")
    }
    if let missing = metric.selectors.first(where: { wanted in
      !selectors.contains { $0.name == wanted }
    }), !(missing == "function" && experiment.hasOneFunction) {
      throw Diagnostic(
        "nn.selector", path: path, range: name.range,
        message: "`\(name.text)` needs a `\(missing)`",
        hint: "write `\(name.text)[\(missing)=\(missing == "layer" ? "1" : "…")]`")
    }
    self.metric = metric
    self.selectors = selectors
    range = name.range
    runs = experiment.plans.indices.filter { index in
      let plan = experiment.plans[index]
      if let seed, plan.seed != seed { return false }
      return zip(experiment.variables, plan.variables).allSatisfy { variable, value in
        guard let wanted = chosen[variable.name] else { return true }
        return variable.values[wanted] == value.value
      }
    }
  }

  private static func example(_ variables: [Experiment.Variable]) -> String {
    variables.map { "\($0.name)=\($0.values[0])" }.joined(separator: ", ")
  }

  /// Whether two values are the same, as numbers where both are numbers.
  private static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let a = BlockReading.number(a), let b = BlockReading.number(b) else { return false }
    return a == b
  }

  /// The number in an outcome: the mean over the repeats.
  ///
  /// - Throws: Why there is none, at the name's place.
  func value(in outcome: Outcome, path: String) throws(Diagnostic) -> Double {
    var values: [Double] = []
    for index in runs {
      let run = outcome.runs[index]
      guard let value = value(in: run) else { throw missing(in: run, path: path) }
      values.append(value)
    }
    return Spread(values).mean
  }

  private func value(in run: Run) -> Double? {
    let candidates = run.metrics.filter { $0.name == metric.name }
    var wanted = selectors
    if let index = wanted.firstIndex(where: { $0.name == "layer" && $0.value == "last" }) {
      let layers = candidates.flatMap(\.selectors).filter { $0.name == "layer" }
      wanted[index].value = layers.compactMap { Int($0.value) }.max().map(String.init) ?? "last"
    }
    return candidates.first { candidate in
      wanted.allSatisfy { selector in
        candidate.selectors.contains {
          $0.name == selector.name && Self.isSame($0.value, selector.value)
        }
      }
    }?.value
  }

  private func missing(in run: Run, path: String) -> Diagnostic {
    let candidates = run.metrics.filter { $0.name == metric.name }
    if candidates.isEmpty {
      let isAccuracy = metric.name.hasSuffix("accuracy")
      let isTest = metric.name.contains("test")
      let why =
        isAccuracy && run.metric("accuracy") == nil
        ? "the targets are numbers, so nothing is right or wrong"
        : isTest ? "no samples are held out" : metric.show.map { "add `\($0.rawValue)` to `show`" }
      return Diagnostic(
        "nn.missing-metric", path: path, range: range,
        message: "the block has no `\(metric.name)`", hint: why)
    }
    let values = candidates.flatMap(\.selectors).map(\.value)
    let wanted = selectors.map { "\($0.name)=\($0.value)" }.joined(separator: ", ")
    let isNumbers = values.allSatisfy { Int($0) != nil }
    return Diagnostic(
      "nn.missing-metric", path: path, range: range,
      message: "there is no `\(metric.name)[\(wanted)]`",
      hint: isNumbers
        ? "\(selectors.first?.name ?? "it") goes from \(values.first ?? "") to \(values.last ?? "")"
        : "one of " + values.map { "`\($0)`" }.joined(separator: ", "))
  }
}

extension Experiment {
  fileprivate var hasOneFunction: Bool {
    if case .plot(let plot)? = plans.first?.work { plot.functions.count == 1 } else { false }
  }
}

/// Mean and standard deviation of repeated runs.
struct Spread: Hashable, Sendable {
  let mean: Double
  /// Of the sample, with n - 1; 0 for one number.
  let deviation: Double
  let count: Int

  init(_ values: [Double]) {
    count = values.count
    guard values.count > 1 else {
      mean = values.first ?? .nan
      deviation = 0
      return
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = (squares / Double(values.count - 1)).squareRoot()
  }
}
