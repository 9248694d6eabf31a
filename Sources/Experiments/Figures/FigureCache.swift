import JSON
package import Storage

/// A cache of figures and of result files.
///
/// A key covers everything that determines the bytes: the code that parses, draws and writes, the
/// keys of the runs (job, data files and engine), the block's display options, and the page's
/// formulas, captions, code and addresses.
package struct FigureCache: Sendable {
  private let kept: PackedCache

  /// - Parameter cache: `nil` keeps figures in memory, for this process only.
  package init(cache: Cache?) {
    kept = PackedCache(path: cache.map { $0.folder + "/figures.pack" })
  }

  /// Cached form of ``ExperimentResult/formulas``.
  package func formulas(of result: ExperimentResult) -> [String] {
    guard result.experiment.verb.definition.showsFormulas else { return [] }
    let bytes = kept("formulas", result, []) { JSON.strings(result.formulas).bytes }
    return JSON(bytes)?.items?.compactMap(\.string) ?? result.formulas
  }

  /// Cached form of ``ExperimentResult/figure(_:)``.
  package func figure(of result: ExperimentResult, _ context: FigureContext) -> String {
    var parts = [context.language, context.csvLink ?? "", context.jsonLink ?? ""]
    parts.append(result.caption.map { "caption " + context.prose($0) } ?? "")
    parts.append(result.echoedText.map { "code " + context.code($0) } ?? "")
    parts += formulas(of: result).map(context.formula)
    let bytes = kept("figure", result, parts) { Array(result.figure(context).utf8) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Cached form of ``ExperimentResult/json``.
  package func json(of result: ExperimentResult) -> [UInt8] {
    kept("json", result, []) { result.json }
  }

  /// Cached form of ``ExperimentResult/csv``.
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
  /// Everything about the block and its runs that its figure and its files show. Lists are preceded
  /// by their length, so that different results have different identities.
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
  /// All properties, in order. A new one must be added here; a test counts them with a mirror.
  var identity: [String] {
    let optional: [String?] = [
      caption, alternative, width.map(String.init), height.map(String.init), slider,
    ]
    return shownIdentity + [echo.rawValue, scale]
      + optional.map { $0.map { "given " + $0 } ?? "none" }
  }

  /// The properties that select which data are shown, in order; a check may reject them.
  var shownIdentity: [String] {
    ["\(show.count)"] + show.map(\.rawValue) + ["\(choices.count)"]
      + choices.sorted { $0.key < $1.key }.flatMap { [$0.key, "\($0.value.count)"] + $0.value }
  }
}
