import JSON
package import Storage

/// A cache of figures and files of results.
///
/// The keys are of everything that decides the bytes: the code that reads, draws and writes, the
/// keys of the runs (of the job, its data files and the engine), the block's display options, and what
/// the page gives for formulas, captions, code and addresses.
package struct FigureCache: Sendable {
  private let kept: PackedCache

  /// - Parameter cache: `nil` keeps figures for this process alone.
  package init(cache: Cache?) {
    kept = PackedCache(path: cache.map { $0.folder + "/figures.pack" })
  }

  /// ``ExperimentResult/formulas``.
  package func formulas(of result: ExperimentResult) -> [String] {
    guard result.experiment.verb.definition.showsFormulas else { return [] }
    let bytes = kept("formulas", result, []) { JSON.strings(result.formulas).bytes }
    return JSON(bytes)?.items?.compactMap(\.string) ?? result.formulas
  }

  /// ``ExperimentResult/figure(_:)``.
  package func figure(of result: ExperimentResult, _ context: FigureContext) -> String {
    var parts = [context.language, context.csvLink ?? "", context.jsonLink ?? ""]
    parts.append(result.caption.map { "caption " + context.prose($0) } ?? "")
    parts.append(result.echoedText.map { "code " + context.code($0) } ?? "")
    parts += formulas(of: result).map(context.formula)
    let bytes = kept("figure", result, parts) { Array(result.figure(context).utf8) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// ``ExperimentResult/json``.
  package func json(of result: ExperimentResult) -> [UInt8] {
    kept("json", result, []) { result.json }
  }

  /// ``ExperimentResult/csv``.
  package func csv(of result: ExperimentResult) -> [UInt8] {
    kept("csv", result, []) { result.csv }
  }

  private func kept(
    _ kind: String, _ result: ExperimentResult, _ parts: [String], _ make: () -> [UInt8]
  ) -> [UInt8] {
    let key = Digest(of: [kind, RenderingVersion.digest] + result.identity + parts)
    if let bytes = kept.read([key])[0] { return bytes }
    let bytes = make()
    kept.add([(key, bytes)])
    return bytes
  }
}

extension ExperimentResult {
  /// Everything of the block and of its runs that its figure and its files show. Lists are preceded by
  /// their length, so that no two identities read the same.
  fileprivate var identity: [String] {
    var parts = [provenance.engine, experiment.page, experiment.id, experiment.verb.rawValue]
    func add(_ list: [String]) { parts += ["\(list.count)"] + list }
    add(provenance.keys)
    add(provenance.files.flatMap { [$0.path, $0.digest] })
    for variable in experiment.variables { add([variable.name] + variable.values) }
    for plan in experiment.plans {
      add(plan.variables.flatMap { [$0.name, $0.value] } + [plan.seed.map(String.init) ?? ""])
    }
    add(experiment.display.identity)
    return parts
  }
}

extension Experiment.Display {
  /// Every property, in order. A new one must be added here: a test counts them by a mirror.
  var identity: [String] {
    let optional: [String?] = [
      caption, alternative, width.map(String.init), height.map(String.init), slider,
    ]
    return shownIdentity + [echo.rawValue, scale]
      + optional.map { $0.map { "given " + $0 } ?? "none" }
  }

  /// What is shown of the data, in order: a check may refuse it.
  var shownIdentity: [String] {
    ["\(show.count)"] + show.map(\.rawValue) + ["\(choices.count)"]
      + choices.sorted { $0.key < $1.key }.flatMap { [$0.key, "\($0.value.count)"] + $0.value }
  }
}
