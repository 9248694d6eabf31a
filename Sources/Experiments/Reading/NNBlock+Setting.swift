import Diagnostics
import NeuralNetworks

extension NNBlock {
  /// A block that no article holds: a file of its own, or what is typed at a terminal.
  package init(text: String, id: String, path: String) {
    let head = "nn \(id)\n"
    let file = SourceFile(path: path, text: head + text)
    self.init(
      file: file, info: 0..<head.utf8.count - 1,
      body: ExtractedText(head.utf8.count..<file.bytes.count, of: file))
  }

  /// The block with another value for an option, a variable, or an argument that stands in it:
  /// `epochs=50`, `depth=4`, `rate=0.3`. `nil` when nothing in the block goes by that name.
  package func setting(_ name: String, to value: String) -> NNBlock? {
    var lines = body.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let verb = lines.lazy.compactMap { Verb(rawValue: String($0.prefix { $0 != ":" })) }.first
    if let index = lines.firstIndex(where: { $0.hasPrefix(name + ":") }) {
      lines[index] = "\(name): \(value)"
      while index + 1 < lines.count, lines[index + 1].hasPrefix(" ") { lines.remove(at: index + 1) }
    } else if Self.replaceVariable(name, value, in: &lines)
      || Self.replaceArgument(name, value, in: &lines)
    {
      // done
    } else if let verb, Option.named(name, for: verb) != nil {
      lines.append("\(name): \(value)")
    } else if Catalogue.entries(of: .optimizer).contains(where: { $0.parameter(name) != nil }) {
      if let index = lines.firstIndex(where: { $0.hasPrefix("optimizer:") }) {
        lines[index] += " \(name)=\(value)"
      } else {
        lines.append("optimizer: sgd \(name)=\(value)")
      }
    } else {
      return nil
    }
    let id = file.text(info).split(separator: " ").dropFirst().first.map(String.init) ?? "block"
    return NNBlock(text: lines.joined(separator: "\n"), id: id, path: file.path)
  }

  /// `depth: [1, 2, 4]` under `vary`, in either of YAML's forms.
  private static func replaceVariable(
    _ name: String, _ value: String, in lines: inout [String]
  ) -> Bool {
    guard let vary = lines.firstIndex(where: { $0.hasPrefix("vary:") }) else { return false }
    if let open = lines[vary].firstRange(of: "\(name): [") {
      guard let close = lines[vary][open.upperBound...].firstIndex(of: "]") else { return false }
      lines[vary].replaceSubrange(open.upperBound..<close, with: value)
      return true
    }
    var index = vary + 1
    while index < lines.count, lines[index].hasPrefix(" ") {
      let line = lines[index].drop { $0 == " " }
      if line.hasPrefix("\(name):") {
        let indent = lines[index].prefix { $0 == " " }
        lines[index] = "\(indent)\(name): [\(value)]"
        while index + 1 < lines.count, lines[index + 1].hasPrefix(indent + " ") {
          lines.remove(at: index + 1)
        }
        return true
      }
      index += 1
    }
    return false
  }

  /// `rate=0.1` within a term.
  private static func replaceArgument(
    _ name: String, _ value: String, in lines: inout [String]
  ) -> Bool {
    for index in lines.indices where !lines[index].hasPrefix("expect") {
      guard let range = lines[index].firstRange(of: " \(name)=") else { continue }
      let rest = lines[index][range.upperBound...]
      let end = rest.firstIndex { $0 == " " || $0 == "," || $0 == "]" } ?? rest.endIndex
      lines[index].replaceSubrange(range.upperBound..<end, with: value)
      return true
    }
    return false
  }
}
