import Diagnostics
import NeuralNetworks
import PositionedYAML

extension OptionDecoder {
  /// The job of a `graph`.
  mutating func graph(_ subject: BlockNode) -> GraphJob? {
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
              message: "`at` has no number for `\(name)`", hint: "write `at: {\(name): 1}`"))
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

  /// Decodes names with numbers: `{x: -2, y: 5}`.
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
}
