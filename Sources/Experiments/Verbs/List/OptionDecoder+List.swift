import Diagnostics
import NeuralNetworks
import PositionedYAML

extension OptionDecoder {
  /// The job of a `list`.
  mutating func listing(_ subject: BlockNode) -> ListJob? {
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
}

extension Diagnostic {
  fileprivate static func unknownListed(_ token: Token, _ path: String) -> Diagnostic {
    let names = ListTable.names + Kind.allCases.flatMap { Registry.names(of: $0) }
    return Diagnostic(
      "nn.unknown-name", path: path, range: token.range,
      message: "nothing named `\(token.text)` can be listed",
      hint: nearestName(to: token.text, among: names).map { "did you mean `\($0)`?" }
        ?? "one of " + ListTable.names.map { "`\($0)`" }.joined(separator: ", ")
        + ", or a list of names")
  }
}
