import Diagnostics
import NeuralNetworks

extension OptionDecoder {
  /// What the block does, from the verb's subject and the options; `nil` when something is mistaken.
  mutating func job(_ subject: BlockNode) -> Job? {
    let count = diagnostics.count
    let job: Job? =
      switch verb {
      case .plot: plot(subject).map { .plot($0) }
      case .train: training(subject).map { .train($0) }
      case .signal: signal(subject).map { .signal($0) }
      case .check: check(subject).map { .check($0) }
      case .trace: trace(subject).map { .trace($0) }
      case .graph: graph(subject).map { .graph($0) }
      case .diagram: diagram(subject).map { .diagram($0) }
      case .list: list(subject).map { .list($0) }
      case .dataset: dataset(subject)
      }
    return diagnostics.count == count ? job : nil
  }

  // MARK: Networks

  /// The options that all verbs about networks share.
  private mutating func network(
    _ subject: BlockNode, defaultData: (([LayerSpec]) -> Term?)?
  ) -> TrainingSpec? {
    let layers = network(subject)
    var data = term("data", .dataset)
    if !isGiven("data") {
      if let defaultData {
        data = layers.flatMap { defaultData($0) }
      } else {
        report(
          Diagnostic(
            "nn.missing-option", path: path, range: places.verb,
            message: "`\(verb.rawValue)` needs `data`",
            hint: "such as `data: moons samples=500 noise=0.1`"))
      }
    }
    let optimizer =
      BlockOption.named("optimizer", for: verb) == nil ? nil : term("optimizer", .optimizer)
    let initializer = term("init", .initializer)
    let loss = term("loss", .loss)
    let seed = integer("seed")
    let standardizes = flag("standardise")
    let batch = integer("batch")
    guard let layers, let data, let seed, let batch else { return nil }
    var spec = TrainingSpec(network: layers, data: data, optimizer: optimizer)
    spec.initializer = initializer
    spec.loss = loss
    spec.seed = UInt64(seed)
    spec.standardizes = standardizes
    spec.batch = batch
    // Only a training has samples to hold out; it says below how many.
    spec.testShare = 0
    return spec
  }

  private mutating func training(_ subject: BlockNode) -> TrainingSpec? {
    // Everything is read before anything is used, so that each mistake is told.
    let network = network(subject, defaultData: nil)
    let test = number("test")
    let schedule = term("schedule", .schedule)
    let epochs = integer("epochs")
    let steps = integer("steps")
    if isGiven("epochs"), isGiven("steps") {
      report(
        Diagnostic(
          "nn.contradiction", path: path, range: places.options["steps"]!,
          message: "`steps` and `epochs` both say how long", hint: "keep one of them"))
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
          message: "`pretrain_data` is of use to `pretrain: transfer` only",
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
    return spec
  }

  private mutating func signal(_ subject: BlockNode) -> TrainingSpec? {
    network(subject) { layers in
      let outputs = Self.outputs(of: layers, features: 64)
      return try? Registry.term(
        .dataset, "noise",
        ["samples": .integer(256), "features": .integer(64), "classes": .integer(outputs)])
    }
  }

  private mutating func check(_ subject: BlockNode) -> TrainingSpec? {
    network(subject) { layers in
      let outputs = min(100, Self.outputs(of: layers, features: 4))
      return try? Registry.term(
        .dataset, "blobs",
        ["samples": .integer(32), "features": .integer(4), "classes": .integer(outputs)])
    }
  }

  /// As many classes as a network has outputs, so that data without a meaning fit it: what is shown
  /// is the network.
  private static func outputs(of layers: [LayerSpec], features: Int) -> Int {
    let description = try? Engine.describe(layers, input: Shape(features))
    return min(1000, max(2, description?.output.count ?? 2))
  }

  private mutating func trace(_ subject: BlockNode) -> TrainingSpec? {
    network(subject) { _ in try? Registry.term(.dataset, "xor") }
  }

  private mutating func diagram(_ subject: BlockNode) -> DiagramJob? {
    let layers = network(subject)
    let data = term("data", .dataset)
    var shape: Shape?
    if let given = text("input") {
      let parts = given.text.split { $0 == "x" || $0 == "×" || $0 == " " }.map { Int($0) }
      let extents = parts.compactMap(\.self)
      if extents.count == parts.count, (1...4).contains(extents.count),
        extents.allSatisfy({ (1...1_000_000).contains($0) }),
        extents.reduce(1.0, { $0 * Double($1) }) <= 1e8
      {
        shape = Shape(extents)
      } else {
        report(
          Diagnostic(
            "nn.type", path: path, range: given.wholeToken.range,
            message: "`input` must be a shape, not `\(given.text)`",
            hint: "such as `2`, or `1x28x28`: channels, height, width"))
      }
      if isGiven("data") {
        report(
          Diagnostic(
            "nn.contradiction", path: path, range: given.wholeToken.range,
            message: "`input` and `data` both say what goes in", hint: "keep one of them"))
      }
    }
    let seed = integer("seed")
    guard let layers, let seed else { return nil }
    if shape == nil, data == nil, !isGiven("data") { shape = Shape(2) }
    return DiagramJob(network: layers, input: shape, data: data, seed: UInt64(seed))
  }

  // MARK: The others

  private mutating func plot(_ subject: BlockNode) -> PlotJob? {
    let items: [BlockNode] =
      if case .list(let items) = subject.content { items } else { [subject] }
    let names = items.compactMap { $0.scalar.flatMap { TermSyntax($0) }?.name.text }
    let isAboutSchedules =
      isGiven("rate") || isGiven("epochs")
      || names.contains {
        Registry.entry(.schedule, $0) != nil && Registry.entry(.activation, $0) == nil
      }
    let kinds: [Kind] = isAboutSchedules ? [.schedule, .activation] : [.activation, .schedule]
    var functions: [PlotJob.Function] = []
    for item in items {
      guard let text = item.scalar?.trimmed, let syntax = TermSyntax(text) else {
        report(
          Diagnostic(
            "nn.type", path: path, range: item.range,
            message: "`plot` takes functions, not \(item.kindInWords)",
            hint: "such as `plot: [sigmoid, tanh]`"))
        continue
      }
      guard let term = term(syntax, kinds) else { continue }
      functions.append(PlotJob.Function(term: term, label: text.text))
      if term.kind != functions[0].term.kind {
        report(
          Diagnostic(
            "nn.contradiction", path: path, range: syntax.range,
            message: "activations and schedules do not share an axis",
            hint: "write a block for each"))
      }
    }
    if items.isEmpty || items.count > 24 {
      report(
        Diagnostic(
          "nn.type", path: path, range: subject.range,
          message: "`plot` takes 1 to 24 functions, not \(items.count)"))
    }
    let isSchedules = functions.first?.term.kind == .schedule
    for name in isSchedules ? ["x", "points", "derivatives"] : ["rate", "epochs"]
    where isGiven(name) {
      report(
        Diagnostic(
          "nn.contradiction", path: path, range: places.options[name]!,
          message: "`\(name)` has no meaning for \(isSchedules ? "schedules" : "activations")",
          hint: "leave it out"))
    }
    // Everything is read before anything is used, so that each mistake is told.
    let (x, points, derivatives) = (range("x"), integer("points"), word("derivatives"))
    let (rate, epochs) = (number("rate"), integer("epochs"))
    guard let x, let points, let derivatives, let rate, let epochs else { return nil }
    return PlotJob(
      functions: functions, low: x.lowerBound, high: x.upperBound, points: points,
      derivatives: derivatives, rate: rate, epochs: epochs)
  }

  private mutating func graph(_ subject: BlockNode) -> GraphJob? {
    guard let text = subject.scalar?.trimmed else {
      report(
        Diagnostic(
          "nn.type", path: path, range: subject.range,
          message: "`graph` takes an expression, not \(subject.kindInWords)",
          hint: "such as `graph: (x + y) * z`"))
      return nil
    }
    let values = numbers("at")
    do throws(Diagnostic) {
      var reader = ExpressionReader(text, path: path)
      let expression = try reader.expression()
      guard reader.isAtEnd else {
        throw Diagnostic.expected("an operator or the end", found: reader.rest, path)
      }
      for function in expression.unknownFunctions { report(.unknownFunction(function, path)) }
      guard expression.unknownFunctions.isEmpty else { return nil }
      let graph = try ScalarGraph(expression, path: path)
      if graph.nodes.count > 60 {
        report(
          Diagnostic(
            "nn.too-large", path: path, range: subject.range,
            message: "the graph has \(graph.nodes.count) nodes, and 60 can be drawn"))
      }
      let missing = values.map { values in graph.variables.filter { values[$0] == nil } } ?? []
      if missing.count > 1, !isGiven("at") {
        let example = missing.prefix(3).map { "\($0): 1" }.joined(separator: ", ")
        report(
          Diagnostic(
            "nn.missing-option", path: path, range: places.verb,
            message: "`graph` needs `at`: numbers for its \(missing.count) variables",
            hint: "such as `at: {\(example)\(missing.count > 3 ? ", …" : "")}`"))
      } else {
        for name in missing {
          report(
            Diagnostic(
              "nn.missing-option", path: path,
              range: expression.names.first { $0.name.text == name }?.name.range ?? subject.range,
              message: "`at` gives `\(name)` no number", hint: "write `at: {\(name): 1}`"))
        }
      }
      if let values {
        for (name, place) in values.sorted(by: { $0.key < $1.key }).map({ ($0.key, $0.value.range) }
        )
        where !graph.variables.contains(name) {
          report(
            Diagnostic(
              "nn.unknown-variable", path: path, range: place,
              message: "the expression has no variable `\(name)`",
              hint: nameHint(for: name, among: graph.variables)))
        }
      }
      return values.map { GraphJob(expression: graph, values: $0.mapValues(\.value)) }
    } catch {
      report(error)
      return nil
    }
  }

  /// `{x: -2, y: 5}`.
  private mutating func numbers(_ name: String) -> [String: (value: Double, range: Range<Int>)]? {
    guard let node = node(name) else { return isMistaken(name) ? nil : [:] }
    guard case .mapping(let members) = node.content else {
      report(
        Diagnostic(
          "nn.type", path: path, range: node.range,
          message: "`\(name)` takes names with their numbers, not \(node.kindInWords)",
          hint: "such as `\(name): {x: -2, y: 5}`"))
      return nil
    }
    var values: [String: (value: Double, range: Range<Int>)] = [:]
    for member in members {
      guard let key = member.key.scalar?.trimmed.wholeToken else { continue }
      guard let text = member.value.scalar?.trimmed, let value = Self.number(text.text) else {
        report(
          Diagnostic(
            "nn.type", path: path,
            range: member.value.isEmpty ? key.range : member.value.range,
            message: "`\(key.text)` must be a number, not \(member.value.kindInWords)"))
        continue
      }
      values[key.text] = (value, key.range)
    }
    return values
  }

  private func isMistaken(_ name: String) -> Bool {
    places.options[name] != nil && !isGiven(name)
  }

  private mutating func list(_ subject: BlockNode) -> ListJob? {
    let kinds = ListTable.names
    switch subject.content {
    case .scalar(let text):
      let token = text.trimmed.wholeToken
      if kinds.contains(token.text) { return .kind(token.text) }
      if let entry = Self.entry(token.text) { return .entries([entry]) }
      report(.unknownListed(token, path))
      return nil
    case .list(let items):
      var entries: [ListJob.ListedName] = []
      for item in items {
        guard let token = item.scalar?.trimmed.wholeToken, !token.text.isEmpty else {
          report(.wrongType(of: "list", item, wanted: "names", path))
          continue
        }
        if let entry = Self.entry(token.text) {
          entries.append(entry)
        } else {
          report(.unknownListed(token, path))
        }
      }
      return entries.isEmpty ? nil : .entries(entries)
    case .mapping:
      report(.wrongType(of: "list", subject, wanted: "a word or a list of names", path))
      return nil
    }
  }

  private static func entry(_ name: String) -> ListJob.ListedName? {
    for kind in Kind.allCases {
      if let entry = Registry.entry(kind, name) {
        return ListJob.ListedName(kind: kind, name: entry.name)
      }
    }
    return nil
  }

  private mutating func dataset(_ subject: BlockNode) -> Job? {
    guard let text = subject.scalar?.trimmed, let syntax = TermSyntax(text) else {
      report(.wrongType(of: "dataset", subject, wanted: "one data set", path))
      return nil
    }
    places.options["data"] = subject.range
    let (term, seed) = (term(syntax, [.dataset]), integer("seed"))
    guard let term, let seed else { return nil }
    return .dataset(term, seed: UInt64(seed))
  }
}

extension Diagnostic {
  fileprivate static func unknownListed(_ token: Token, _ path: String) -> Diagnostic {
    let names = ListTable.names + Kind.allCases.flatMap { Registry.names(of: $0) }
    return Diagnostic(
      "nn.unknown-name", path: path, range: token.range,
      message: "there is nothing named `\(token.text)` to list",
      hint: nearestName(to: token.text, among: names).map { "did you mean `\($0)`?" }
        ?? "one of " + ListTable.names.map { "`\($0)`" }.joined(separator: ", ")
        + ", or a list of names")
  }
}
