package import Diagnostics

/// All results of a site, for looking up numbers.
package struct ResultIndex: Sendable {
  private var pages: [String: [String: ExperimentResult]] = [:]
  /// The ids of blocks without a result because of errors, by page.
  private var refused: [String: Set<String>] = [:]
  /// The first page, by name, that has a block with a given id.
  private var firstPages: [String: String] = [:]

  /// Maximum number of names among which similar ones are suggested: each error takes time
  /// proportional to their number.
  private static let mostNames = 200

  /// - Parameter refused: The ids of blocks without a result, by page; their errors have been
  ///   reported.
  package init(_ results: [ExperimentResult], refused: [String: Set<String>] = [:]) {
    for result in results {
      let (page, id) = (result.experiment.page, result.experiment.id)
      pages[page, default: [:]][id] = result
      if let first = firstPages[id], first <= page { continue }
      firstPages[id] = page
    }
    self.refused = refused
  }

  /// The formatted number of an inline value, as plain text.
  ///
  /// - Parameter page: The page that contains the value.
  /// - Returns: `nil` if the referenced block has errors, which are reported there.
  /// - Throws: A diagnostic at the part of the value that cannot be resolved.
  package func text(of value: InlineValue, on page: String) throws(Diagnostic) -> String? {
    let path = value.file.path
    if refused[value.page?.text ?? page]?.contains(value.id.text) ?? false { return nil }
    if let named = value.page, pages[named.text] == nil, refused[named.text] == nil {
      throw Diagnostic(
        "nn.inline", path: path, range: named.range,
        message: "no page with results is named `\(named.text)`",
        hint: nameHint(for: named.text, among: Self.few(pages.keys)))
    }
    let blocks = pages[value.page?.text ?? page] ?? [:]
    guard let result = blocks[value.id.text] else {
      let known = Self.few(blocks.keys)
      throw Diagnostic(
        "nn.inline", path: path, range: value.id.range,
        message: "no block with a result has the id `\(value.id.text)`",
        hint: nearestName(to: value.id.text, among: known).map { "did you mean `\($0)`?" }
          ?? firstPages[value.id.text].map {
            "it is on another page: write `\($0)#\(value.id.text).…`"
          } ?? nameHint(for: value.id.text, among: known))
    }
    let reference = try MetricReference(
      value.metric, value.selectors, in: result.experiment.scope, path: path)
    let number = try reference.value(in: result.outcome, of: result.experiment, path: path)
    return value.format.text(number)
  }

  private static func few(_ names: some Collection<String>) -> [String] {
    names.count <= mostNames ? names.sorted() : []
  }
}
