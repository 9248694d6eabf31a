import Diagnostics

/// A reference from a claim or an inline value to a number of one or several runs.
struct MetricReference {
  let metric: MetricName
  /// Selectors that narrow the metric itself: `layer=3`.
  let selectors: [NamedValue]
  let range: Range<Int>
  /// The selected values of variables.
  private let chosen: [NamedValue]
  private let seed: Int?

  /// Resolves a name and its selectors.
  ///
  /// - Parameter path: The file that contains the name.
  /// - Throws: A diagnostic at the range of the error.
  init(
    _ name: Token, _ given: [Expression.Selector], in scope: ResultScope, path: String
  ) throws(Diagnostic) {
    metric = try Self.metric(name, of: scope.verb, path: path)
    range = name.range
    var reader = SelectorReader(name: name, metric: metric, scope: scope, path: path)
    for selector in given { try reader.read(selector) }
    try reader.finish()
    chosen = reader.chosen
    seed = reader.seed
    selectors = reader.selectors
  }

  private static func metric(
    _ name: Token, of verb: Verb, path: String
  ) throws(Diagnostic) -> MetricName {
    if let metric = MetricName.named(name.text, for: verb) { return metric }
    let known = MetricName.names(for: verb).map(\.name)
    throw Diagnostic(
      "nn.unknown-metric", path: path, range: name.range,
      message: "`\(verb.rawValue)` gives no result `\(name.text)`",
      hint: nearestName(to: name.text, among: known).map { "did you mean `\($0)`?" }
        ?? (known.isEmpty ? nil : "one of " + known.map { "`\($0)`" }.joined(separator: ", ")))
  }

  /// Whether two values are equal, compared as numbers if both are numbers.
  static func isSame(_ a: String, _ b: String) -> Bool {
    if a == b { return true }
    guard let a = OptionDecoder.number(a), let b = OptionDecoder.number(b) else { return false }
    return a == b
  }

  /// The number in an outcome of the experiment: the mean over the repeats.
  ///
  /// - Throws: A diagnostic at the name if there is no such number.
  func value(
    in outcome: Outcome, of experiment: Experiment, path: String
  ) throws(Diagnostic) -> Double {
    var values: [Double] = []
    for (plan, run) in zip(experiment.plans, outcome.runs) where isOne(plan) {
      guard let value = value(in: run) else { throw missing(in: run, path: path) }
      values.append(value)
    }
    return Spread(values).mean
  }

  /// Whether the reference selects the run.
  private func isOne(_ plan: RunPlan) -> Bool {
    if let seed, plan.seed != seed { return false }
    return chosen.allSatisfy { plan.variables.contains($0) }
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
        ? "accuracy needs classes, and the targets are numbers"
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

/// Reads the selectors of one name: `[act=relu, depth=8, layer=2]`.
private struct SelectorReader {
  let name: Token
  let metric: MetricName
  let scope: ResultScope
  let path: String
  private(set) var chosen: [NamedValue] = []
  private(set) var selectors: [NamedValue] = []
  private(set) var seed: Int?

  init(name: Token, metric: MetricName, scope: ResultScope, path: String) {
    self.name = name
    self.metric = metric
    self.scope = scope
    self.path = path
  }

  mutating func read(_ selector: Expression.Selector) throws(Diagnostic) {
    let (key, value) = (selector.name, selector.value)
    if let variable = scope.variables?.first(where: { $0.name == key.text }) {
      guard
        let known = variable.values.first(where: { MetricReference.isSame($0, value.text) })
      else {
        throw mistake(
          "`\(key.text)` has no value `\(value.text)`", at: value,
          hint: nameHint(for: value.text, among: variable.values))
      }
      chosen.append(NamedValue(variable.name, known))
    } else if key.text == "seed", scope.seeds != .none {
      let number = Int(value.text)
      if case .some(let seeds) = scope.seeds, !(number.map(seeds.contains) ?? false) {
        throw mistake(
          "no run has the seed \(value.text)", at: value,
          hint: "seeds from \(seeds.min() ?? 0) to \(seeds.max() ?? 0)")
      }
      seed = number
    } else if metric.selectors.contains(key.text) {
      selectors.append(NamedValue(key.text, value.text))
    } else if let variables = scope.variables {
      let allowed =
        variables.map(\.name) + (scope.seeds == .none ? [] : ["seed"]) + metric.selectors
      throw mistake(
        "`\(key.text)` does not select among the values of `\(name.text)`", at: key,
        hint: allowed.isEmpty
          ? "leave the brackets out"
          : "only by " + allowed.map { "`\($0)`" }.joined(separator: ", "))
    }
  }

  /// Checks that the selectors determine one combination of variables and one number.
  func finish() throws(Diagnostic) {
    let variables = scope.variables ?? []
    let open = variables.first { variable in
      variable.values.count > 1 && !chosen.contains { $0.name == variable.name }
    }
    if let open {
      let example = variables.map { "\($0.name)=\($0.values[0])" }.joined(separator: ", ")
      throw mistake(
        "`\(name.text)` is of several runs: `\(open.name)` has \(open.values.count) values",
        at: name,
        hint: "write `\(name.text)[\(example)]`")
    }
    let missing = metric.selectors.first { wanted in !selectors.contains { $0.name == wanted } }
    guard let missing, !scope.impliedSelectors.contains(missing) else { return }
    let example = missing == "layer" ? "1" : "…"
    throw mistake(
      "`\(name.text)` needs a `\(missing)`", at: name,
      hint: "write `\(name.text)[\(missing)=\(example)]`")
  }

  private func mistake(_ message: String, at token: Token, hint: String?) -> Diagnostic {
    Diagnostic("nn.selector", path: path, range: token.range, message: message, hint: hint)
  }
}

/// Mean and standard deviation of repeated runs.
struct Spread: Hashable, Sendable {
  let mean: Double
  /// The sample standard deviation, with n − 1; 0 for one number.
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
