package import Diagnostics
import PositionedYAML
import NeuralNetworks
package import Storage

/// Parses blocks into experiments.
package struct ExperimentParser: Sendable {
  package let settings: ExperimentSettings
  package let files: DataFiles
  private let costs: CostIndex

  /// - Parameter cache: Stores the costs of blocks; `nil` computes them each time.
  package init(
    settings: ExperimentSettings = .init(), files: DataFiles = .none, cache: Cache? = nil
  ) {
    self.settings = settings
    self.files = files
    costs = CostIndex(files: files, cache: cache)
  }

  /// Parses all blocks of a page, in order.
  ///
  /// - Parameter page: The page's name, by which inline values on other pages refer to it.
  /// - Returns: An experiment for each block, `nil` for blocks with errors; and all diagnostics.
  package func read(_ blocks: [NNBlock], page: String) -> (
    experiments: [Experiment?], diagnostics: [Diagnostic]
  ) {
    let (ids, mistakes) = named(blocks)
    var diagnostics = mistakes
    var experiments: [Experiment?] = []
    for (block, id) in zip(blocks, ids) {
      let (experiment, mistakes) = read(block, id: id, page: page, changes: [])
      experiments.append(experiment)
      diagnostics += mistakes
    }
    return (experiments, Array(Set(diagnostics)).sorted())
  }

  /// Parses one block with changed values.
  package func read(_ block: NNBlock, id: String, page: String, changes: [BlockChange]) -> (
    experiment: Experiment?, diagnostics: [Diagnostic]
  ) {
    let (experiment, mistakes) = read(block, id: id, page: page, changes: changes[...])
    return (experiment, Array(Set(mistakes)).sorted())
  }

  /// The ids of a page's blocks, including those with errors: the words after `nn`, or ids made
  /// from the blocks' ordinals.
  package func ids(of blocks: [NNBlock]) -> [String] { named(blocks).ids }

  private func named(_ blocks: [NNBlock]) -> (ids: [String], diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    var places: [String: Range<Int>] = [:]
    let ids = blocks.enumerated().map { index, block in
      id(of: block, ordinal: index + 1, among: &places, &diagnostics)
    }
    return (ids, diagnostics)
  }

  private func id(
    of block: NNBlock, ordinal: Int, among ids: inout [String: Range<Int>],
    _ diagnostics: inout [Diagnostic]
  ) -> String {
    if let name = block.name { return name }
    let words = TermSyntax(ExtractedText(block.info, of: block.file))
    for extra in words?.arguments.dropFirst() ?? [] {
      diagnostics.append(
        Diagnostic(
          "nn.info", path: block.file.path, range: extra.range,
          message: "a block has one id and nothing after it",
          hint: "write options in the block, one on a line"))
    }
    guard let id = words?.arguments.first else { return "nn-\(ordinal)" }
    let text = block.file.text(id.range)
    let isPlain = text.utf8.allSatisfy {
      (97...122).contains($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-")
    }
    if !isPlain || text.hasPrefix("nn-") {
      diagnostics.append(
        Diagnostic(
          "nn.id", path: block.file.path, range: id.range,
          message: "`\(text)` cannot be a block's id",
          hint: text.hasPrefix("nn-")
            ? "ids that begin with `nn-` are those of blocks without one"
            : "lower-case letters, digits and `-`"))
      return "nn-\(ordinal)"
    }
    if let former = ids[text] {
      diagnostics.append(
        Diagnostic(
          "nn.duplicate-id", path: block.file.path, range: id.range,
          message: "two blocks of this page have the id `\(text)`", hint: "rename one of them",
          notes: [.init("the other one", path: block.file.path, range: former)]))
    } else {
      ids[text] = id.range
    }
    return text
  }

  private func read(
    _ block: NNBlock, id: String, page: String, changes: ArraySlice<BlockChange>
  ) -> (Experiment?, [Diagnostic]) {
    var root: BlockNode
    do {
      root = try BlockNode.read(block.body, of: block.file, behind: block.info)
      for change in changes { root = try change.applied(to: root, of: block) }
    } catch {
      return (nil, [error])
    }
    guard case .mapping(let members) = root.content, let first = members.first else {
      return (nil, [.notAMapping(root, block.file.path)])
    }
    guard let name = first.key.scalar?.trimmed.wholeToken, let verb = Verb(rawValue: name.text)
    else { return (nil, [.noVerb(members, block.file.path)]) }
    guard !first.value.isEmpty else {
      return (nil, [.noSubject(verb, first.key.range, block.file.path)])
    }
    var reader = BlockDecoder(
      verb: verb, verbRange: name.range, block: block, settings: settings, files: files,
      costs: costs)
    return reader.read(first.value, Array(members.dropFirst()), id: id, page: page)
  }
}

extension Diagnostic {
  fileprivate static func notAMapping(_ node: BlockNode, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.not-a-mapping", path: path, range: node.range,
      message: "a block begins with a verb and a colon",
      hint: "such as `plot: [sigmoid, tanh]` or `train: [dense 16, tanh, dense 1]`")
  }

  fileprivate static func noVerb(_ members: [BlockNode.Member], _ path: String) -> Diagnostic {
    let first = members[0].key
    let word = first.scalar?.trimmed.text ?? ""
    let verbs = Verb.allCases.map(\.rawValue)
    if let later = members.dropFirst().first(where: {
      verbs.contains($0.key.scalar?.trimmed.text ?? "")
    }) {
      return Diagnostic(
        "nn.unknown-verb", path: path, range: first.range,
        message: "the block begins with `\(word)`, not with its verb",
        hint: "move `\(later.key.scalar?.trimmed.text ?? "")` to the first line")
    }
    return Diagnostic(
      "nn.unknown-verb", path: path, range: first.range,
      message: "no verb is named `\(word)`", hint: nameHint(for: word, among: verbs))
  }

  fileprivate static func noSubject(_ verb: Verb, _ range: Range<Int>, _ path: String) -> Diagnostic
  {
    Diagnostic(
      "nn.missing-value", path: path, range: range, message: "`\(verb.rawValue)` has no subject",
      hint: "write \(verb.subject) after the colon")
  }
}
