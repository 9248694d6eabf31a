import DecimalText
import Diagnostics
import PositionedYAML
import Markup
import NeuralNetworks

/// Decodes one block whose verb is known: its variables, runs, display settings and claims.
struct BlockDecoder {
  let block: NNBlock
  let settings: ExperimentSettings
  let files: DataFiles
  let costs: CostIndex
  var reading: OptionDecoder

  init(
    verb: Verb, verbRange: Range<Int>, block: NNBlock, settings: ExperimentSettings,
    files: DataFiles, costs: CostIndex
  ) {
    self.block = block
    self.settings = settings
    self.files = files
    self.costs = costs
    reading = OptionDecoder(verb: verb, verbRange: verbRange, file: block.file)
  }

  private var verb: Verb { reading.verb }
  private var path: String { block.file.path }

  /// Options in which `$name` is not replaced by a variable's value.
  private static let unsubstituted: Set<String> = ["caption", "alt", "expect", "vary", "slider"]

  mutating func read(
    _ subject: BlockNode, _ options: [BlockNode.Member], id: String, page: String
  ) -> (Experiment?, [Diagnostic]) {
    reading.takeOptions(options)
    let variables = Variables(reading.node("vary"), into: &reading)
    let parts = options.filter { !Self.unsubstituted.contains($0.key.scalar?.trimmed.text ?? "") }
    variables.check([subject] + parts.flatMap { [$0.key, $0.value] }, into: &reading)
    let claims = claims()
    var display = display(variables)
    let repeats = BlockOption.named("repeats", for: verb) == nil ? 1 : reading.integer("repeats")
    let limit = limit()

    var (plans, mistakes) = plans(of: subject, parts, variables, repeats: repeats) {
      $0.record(display.show + recorded(by: claims), slider: display.slider)
    }
    mistakes += reading.diagnostics
    mistakes += comparisons(in: display, of: plans)
    let isRight = mistakes.isEmpty
    if display.show.isEmpty { display.show = verb.definition.defaultShow(isSweep: plans.count > 1) }
    let body = block.body.fileRange(of: 0..<block.body.bytes.count)
    var experiment = Experiment(
      id: id, page: page, verb: verb, file: block.file,
      range: reading.places.verb.lowerBound..<max(reading.places.verb.upperBound, body.lowerBound),
      text: block.body.text,
      variables: variables.variables.map {
        Experiment.Variable(name: $0.name.text, values: $0.labels)
      },
      plans: plans, claims: claims, display: display,
      cost: ExperimentCost(operations: 0, bytes: 0, numbers: 0, factors: []))
    let scope = scope(of: experiment, subject, variables, repeats: repeats)
    for claim in claims { mistakes += claim.mistakes(in: scope, path: path) }
    guard isRight else { return (nil, mistakes) }
    let checks = ExperimentCheck(
      experiment: experiment, files: files, costs: costs, memory: settings.memory
    ).check(limit: limit ?? settings.limit, isOwnLimit: limit != nil)
    experiment.cost = checks.cost
    experiment.plans = checks.plans
    mistakes += checks.diagnostics
    return mistakes.contains { $0.severity == .error }
      ? (nil, mistakes) : (experiment, mistakes)
  }

  /// The runs: one per combination of variables and per repeat.
  ///
  /// - Parameter record: Makes a job record the data that the block shows and claims.
  /// - Returns: The plans of the combinations without errors, and the errors of the others.
  private func plans(
    of subject: BlockNode, _ options: [BlockNode.Member], _ variables: Variables, repeats: Int?,
    record: (inout any Job) -> Void
  ) -> ([RunPlan], [Diagnostic]) {
    var plans: [RunPlan] = []
    var mistakes: [Diagnostic] = []
    for combination in variables.combinations {
      var run = OptionDecoder(verb: verb, verbRange: reading.places.verb, file: block.file)
      run.takeOptions(
        options.map {
          BlockNode.Member(key: $0.key, value: variables.substituting(combination, in: $0.value))
        })
      run.places.show = reading.places.show
      let job = run.job(of: variables.substituting(combination, in: subject))
      mistakes += run.diagnostics
      guard var job, let repeats else { continue }
      record(&job)
      let values = zip(variables.variables, combination).map {
        NamedValue($0.name.text, $0.labels[$1])
      }
      for index in 0..<repeats {
        var repeated = job
        repeated.seed += UInt64(index)
        plans.append(
          RunPlan(
            variables: values, seed: repeats > 1 ? Int(repeated.seed) : nil, job: repeated,
            places: run.places))
      }
    }
    // An unknown variable is reported as such, not also as an invalid value.
    let unknown = reading.diagnostics.filter { $0.id == "nn.unknown-variable" }.compactMap(\.range)
    mistakes.removeAll { mistake in unknown.contains { mistake.range?.overlaps($0) ?? false } }
    return (plans, mistakes)
  }

  /// Rejects words of `show` that compare several runs if there is only one.
  private func comparisons(
    in display: Experiment.Display, of plans: [RunPlan]
  ) -> [Diagnostic] {
    guard plans.count == 1 else { return [] }
    return display.show.filter(\.comparesRuns).compactMap { word in
      reading.places.show[word].map { place in
        Diagnostic(
          "nn.show", path: path, range: place,
          message: "`\(word.rawValue)` compares several runs, and the block has one",
          hint: "write `table`, or give a variable several values with `vary`")
      }
    }
  }

  /// The results that claims can refer to; their names can be checked even if the rest has errors.
  private func scope(
    of experiment: Experiment, _ subject: BlockNode, _ variables: Variables, repeats: Int?
  ) -> ResultScope {
    var scope = experiment.scope
    if variables.isMistaken { scope.variables = nil }
    if experiment.plans.isEmpty {
      scope.seeds = repeats == 1 ? .none : .unknown
      scope.impliedSelectors = verb.definition.impliedSelectors(of: subject)
    }
    return scope
  }

  /// The block's own limit, which cannot exceed the site's limit for an article.
  private mutating func limit() -> Double? {
    guard let limit = reading.number("limit") else { return nil }
    if limit > settings.articleLimit {
      reading.report(
        .limitTooHigh(
          limit, settings.articleLimit, reading.places.options["limit"] ?? reading.places.verb, path
        ))
    }
    return limit
  }

  private mutating func claims() -> [Claim] {
    guard let node = reading.node("expect") else { return [] }
    let items: [BlockNode] = if case .list(let items) = node.content { items } else { [node] }
    var claims: [Claim] = []
    for item in items {
      guard let text = item.scalar?.trimmed, !text.bytes.isEmpty else {
        reading.report(
          Diagnostic(
            "nn.claim", path: path, range: item.range,
            message: "a claim is one line, not \(item.kindInWords)",
            hint: "such as `expect: test.accuracy > 0.95`; in a list, a claim with `[` or `,` needs"
              + " quotes"))
        continue
      }
      do {
        claims.append(try Claim(text, path: path))
      } catch {
        reading.report(error)
      }
    }
    return claims
  }

  /// The words of `show` that record the results used in the claims.
  private func recorded(by claims: [Claim]) -> [Show] {
    claims.flatMap { [$0.left] + $0.relation.expressions }.flatMap(\.names).compactMap { name, _ in
      MetricName.named(name.text, for: verb)?.show
    }
  }

  /// The values of one of the verb's own display options, or its default.
  private mutating func choice(_ option: BlockOption) -> [String] {
    switch option.type {
    case .word: reading.word(option.name).map { [$0] } ?? []
    case .integer: reading.integer(option.name).map { ["\($0)"] } ?? []
    case .names: reading.list(option.name).map(\.text)
    default: preconditionFailure("`\(option.name)` is no choice of display")
    }
  }

  private mutating func display(_ variables: Variables) -> Experiment.Display {
    var display = Experiment.Display()
    display.show = reading.show()
    display.caption = reading.text("caption")?.text
    display.alternative = reading.text("alt")?.text
    display.width = reading.integer("width") ?? settings.width
    display.height = reading.integer("height") ?? settings.height
    display.echo =
      reading.word("echo").flatMap(ExperimentSettings.Echo.init(rawValue:)) ?? settings.echo
    func knows(_ name: String) -> Bool { BlockOption.named(name, for: reading.verb) != nil }
    if knows("scale") { display.scale = reading.word("scale") ?? "auto" }
    for option in verb.definition.options where option.isDisplay && option.group == .subject {
      display.choices[option.name] = choice(option)
    }
    if knows("slider"), let slider = reading.text("slider") {
      let names = variables.variables.map(\.name.text) + verb.definition.sliders
      if verb.definition.sliders.contains(slider.text) {
        display.slider = slider.text
        verb.definition.check(
          slider: slider.wholeToken, showing: display.show, &reading)
      } else if names.contains(slider.text) {
        display.slider = slider.text
      } else {
        reading.report(
          Diagnostic(
            "nn.slider", path: path, range: slider.wholeToken.range,
            message: "there is no variable `\(slider.text)` for the slider",
            hint: names.isEmpty
              ? "give it values: `vary: {\(slider.text): [1, 2]}`"
              : nameHint(for: slider.text, among: names)))
      }
    }
    return display
  }
}

extension Diagnostic {
  fileprivate static func limitTooHigh(
    _ limit: Double, _ most: Double, _ range: Range<Int>, _ path: String
  ) -> Diagnostic {
    Diagnostic(
      "nn.limit-too-high", path: path, range: range,
      message: "`limit` is \(significant(limit, 2)), and all blocks of an article may take"
        + " \(significant(most, 2)) operations together",
      hint: "lower it; only `nn: {article_limit: …}` of the site's configuration raises that")
  }
}
