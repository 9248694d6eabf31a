import Diagnostics
import PositionedYAML
import NeuralNetworks

/// A changed value in a block, as given at a terminal: `epochs=50`, `depth=4`, `rate=0.3`.
///
/// It may change an option of the block's verb, a variable of `vary`, or an argument of a term in
/// the block. The new value replaces the old one, in messages too. Claims apply to the block as
/// written, so a changed block has only the claims given by the change.
package struct BlockChange: Hashable, Sendable {
  package let name: String
  package let value: String

  /// Parses `name=value`; `nil` if there is no name.
  package init?(_ text: String) {
    guard let equals = text.firstIndex(of: "="), equals > text.startIndex else { return nil }
    name = String(text[..<equals])
    value = String(text[text.index(after: equals)...])
  }

  /// The block with the change applied.
  ///
  /// - Throws: A diagnostic if nothing in the block has the name, or if the value is not YAML.
  func applied(to root: BlockNode, of block: NNBlock) throws(Diagnostic) -> BlockNode {
    guard case .mapping(var members) = root.content, let first = members.first else { return root }
    if name != "expect" { members.removeAll { $0.key.scalar?.trimmed.text == "expect" } }
    let verb = first.key.scalar.flatMap { Verb(rawValue: $0.trimmed.text) }
    if !(try setOption(in: &members, block)), !(try setVariable(in: &members, block)),
      !setArgument(in: &members, block)
    {
      let end = Self.place(max(root.range.lowerBound, root.range.upperBound - 1), in: block)
      if let verb, BlockOption.named(name, for: verb) != nil {
        members.append(.init(key: .word(name, at: end..<end), value: try node(end..<end, block)))
      } else if let verb, BlockOption.named("optimizer", for: verb) != nil, isOfOptimizers {
        addToOptimizer(of: &members, at: end, block)
      } else {
        throw nothingNamed(in: members, verb, block)
      }
    }
    return BlockNode(content: .mapping(members), range: root.range)
  }

  /// The offset at which to report a word that the program inserts into the block: always a byte of
  /// the block, even if the word replaces nothing and is inserted at the block's end.
  private static func place(_ offset: Int, in block: NNBlock) -> Int {
    let body = block.body.fileRange(of: 0..<block.body.bytes.count)
    return max(body.lowerBound, min(offset, body.upperBound - 1))
  }

  /// The value as a node of the block, with all of its text at one offset.
  private func node(_ place: Range<Int>, _ block: NNBlock) throws(Diagnostic) -> BlockNode {
    let offset = Self.place(place.lowerBound, in: block)
    let text = ExtractedText(value, allAt: offset)
    let place = offset..<max(offset, place.upperBound)
    do {
      return try BlockNode.read(text, of: block.file, behind: place).placed(at: place)
    } catch {
      throw Diagnostic(
        "nn.set", path: block.file.path, range: place,
        message: "`\(value)` is not a value for `\(name)`", hint: "such as `0.3` or `[1, 2, 4]`")
    }
  }

  private func setOption(
    in members: inout [BlockNode.Member], _ block: NNBlock
  ) throws(Diagnostic) -> Bool {
    guard
      let index = members.firstIndex(where: {
        $0.key.scalar.map { OptionDecoder.spelling($0.trimmed.text) }
          == OptionDecoder.spelling(name)
      })
    else {
      return false
    }
    members[index].value = try node(members[index].value.range, block)
    return true
  }

  private func setVariable(
    in members: inout [BlockNode.Member], _ block: NNBlock
  ) throws(Diagnostic) -> Bool {
    guard let vary = members.firstIndex(where: { $0.key.scalar?.trimmed.text == "vary" }),
      case .mapping(var variables) = members[vary].value.content,
      let index = variables.firstIndex(where: { $0.key.scalar?.trimmed.text == name })
    else { return false }
    let value = try node(variables[index].value.range, block)
    variables[index].value =
      value.isList ? value : BlockNode(content: .list([value]), range: value.range)
    members[vary].value.content = .mapping(variables)
    return true
  }

  /// Replaces `rate=…` in terms: every argument of that name.
  private func setArgument(in members: inout [BlockNode.Member], _ block: NNBlock) -> Bool {
    var isFound = false
    for index in members.indices where members[index].key.scalar?.trimmed.text != "expect" {
      members[index].value = replacingArgument(in: members[index].value, block, &isFound)
    }
    return isFound
  }

  private func replacingArgument(
    in node: BlockNode, _ block: NNBlock, _ isFound: inout Bool
  ) -> BlockNode {
    var node = node
    switch node.content {
    case .list(let items):
      node.content = .list(items.map { replacingArgument(in: $0, block, &isFound) })
    case .mapping(let members):
      node.content = .mapping(
        members.map {
          .init(key: $0.key, value: replacingArgument(in: $0.value, block, &isFound))
        })
    case .scalar(let text):
      let wanted = Array(" \(name)=".utf8)
      let starts = text.bytes.indices.filter { text.bytes[$0...].starts(with: wanted) }
      guard !starts.isEmpty else { return node }
      isFound = true
      var changed = ExtractedText()
      var copied = 0
      for start in starts where start >= copied {
        changed.append(text, copied..<start + wanted.count)
        var end = start + wanted.count
        let place = Self.place(text.fileOffset(of: end), in: block)
        while end < text.bytes.count, !" ,)]".utf8.contains(text.bytes[end]) { end += 1 }
        changed.append(value.utf8, allAt: place)
        copied = end
      }
      changed.append(text, copied..<text.bytes.count)
      node.content = .scalar(changed)
    }
    return node
  }

  private var isOfOptimizers: Bool {
    Registry.entries(of: .optimizer).contains { $0.parameter(name) != nil }
  }

  /// Adds `rate=0.3` to the optimizer of a block that does not set it.
  private func addToOptimizer(
    of members: inout [BlockNode.Member], at end: Int, _ block: NNBlock
  ) {
    let argument = " \(name)=\(value)"
    if let index = members.firstIndex(where: { $0.key.scalar?.trimmed.text == "optimizer" }),
      var text = members[index].value.scalar
    {
      let place = Self.place(members[index].value.range.lowerBound, in: block)
      text.append(argument.utf8, allAt: place)
      members[index].value.content = .scalar(text)
    } else {
      members.append(
        .init(
          key: .word("optimizer", at: end..<end), value: .word("sgd" + argument, at: end..<end)))
    }
  }

  private func nothingNamed(
    in members: [BlockNode.Member], _ verb: Verb?, _ block: NNBlock
  ) -> Diagnostic {
    var names = members.compactMap { $0.key.scalar?.trimmed.text }
    if case .mapping(let variables)? = members.first(where: {
      $0.key.scalar?.trimmed.text == "vary"
    })?.value.content {
      names += variables.compactMap { $0.key.scalar?.trimmed.text }
    }
    names += verb.map { BlockOption.names(for: $0) } ?? []
    return Diagnostic(
      "nn.set", path: block.file.path, range: members.first?.key.range,
      message: "nothing in the block is named `\(name)`",
      hint: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
        ?? "name an option, a variable, or an argument that the block has")
  }
}

extension BlockNode {
  /// The node with all of its text at one place.
  fileprivate func placed(at place: Range<Int>) -> BlockNode {
    var node = self
    node.range = place
    switch content {
    case .scalar(let text):
      node.content = .scalar(ExtractedText(text.text, allAt: place.lowerBound))
    case .list(let items): node.content = .list(items.map { $0.placed(at: place) })
    case .mapping(let members):
      node.content = .mapping(
        members.map { .init(key: $0.key.placed(at: place), value: $0.value.placed(at: place)) })
    }
    return node
  }
}
