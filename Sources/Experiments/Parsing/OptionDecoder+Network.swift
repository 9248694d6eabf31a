import Diagnostics
import PositionedYAML
import NeuralNetworks

extension OptionDecoder {
  /// Parses a network: a list of terms and structures, or a single one.
  mutating func network(_ node: BlockNode) -> [LayerSpec]? {
    let count = diagnostics.count
    var layers: [LayerSpec] = []
    switch node.content {
    case .scalar(let text) where text.bytes.contains(UInt8(ascii: ",")):
      report(
        Diagnostic(
          "nn.type", path: path, range: node.range, message: "a network is a list of layers",
          hint: "put it in brackets: `[\(text.text)]`"))
    case .scalar, .mapping: append(node, to: &layers, at: LayerPath())
    case .list(let items):
      if items.isEmpty {
        report(
          Diagnostic(
            "nn.empty-network", path: path, range: node.range, message: "the network has no layers",
            hint: "such as `[dense 16, tanh, dense 1]`"))
      }
      for item in items { append(item, to: &layers, at: LayerPath()) }
    }
    let expanded = Self.expandedCount(of: layers)
    if expanded > Self.mostLayers {
      report(
        Diagnostic(
          "nn.too-large", path: path, range: node.range,
          message:
            "the network has over \(Self.mostLayers) layers once repeated parts are expanded",
          hint: "repeat fewer times; the counts of nested `repeat` multiply"))
    }
    return diagnostics.count == count ? layers : nil
  }

  private static let mostLayers = 50_000

  /// The number of layers once repeated parts are expanded, capped at one more than the limit.
  private static func expandedCount(of layers: [LayerSpec]) -> Int {
    layers.reduce(0) { sum, layer in
      let inside: Int =
        switch layer {
        case .term: 1
        case .repeated(let times, let inside): times * expandedCount(of: inside)
        case .residual(let inside), .frozen(let inside): 1 + expandedCount(of: inside)
        case .branches(let branches, _):
          1 + branches.reduce(0) { min($0 + expandedCount(of: $1), mostLayers + 1) }
        }
      return min(sum + inside, mostLayers + 1)
    }
  }

  private mutating func append(
    _ node: BlockNode, to layers: inout [LayerSpec], at parent: LayerPath
  ) {
    switch node.content {
    case .list(let items):
      for item in items { append(item, to: &layers, at: parent) }
    case .scalar(let text):
      guard let syntax = TermSyntax(text) else {
        report(
          Diagnostic(
            "nn.type", path: path, range: node.range, message: "a layer is missing here",
            hint: "remove one of two commas in a row"))
        return
      }
      places.network[parent.appending(layers.count)] = syntax.range
      guard let term = term(syntax, [.layer, .activation]) else { return }
      layers.append(.term(term))
    case .mapping(let members):
      places.network[parent.appending(layers.count)] = node.range
      if let layer = structure(members, node, at: parent.appending(layers.count)) {
        layers.append(layer)
      }
    }
  }

  private static let structures = ["repeat", "residual", "branches", "freeze"]

  private mutating func structure(
    _ members: [BlockNode.Member], _ node: BlockNode, at place: LayerPath
  ) -> LayerSpec? {
    guard let first = members.first, let key = first.key.scalar, let syntax = TermSyntax(key) else {
      report(.notAStructure(node.range, path))
      return nil
    }
    for extra in members.dropFirst() {
      report(
        Diagnostic(
          "nn.structure", path: path, range: extra.key.range,
          message: "`\(syntax.name.text)` must be alone in its braces",
          hint: "write each structure in braces of its own"))
    }
    switch syntax.name.text {
    case "repeat":
      guard let times = times(syntax), let layers = part(first.value, at: place) else {
        return nil
      }
      return .repeated(times, layers)
    case "residual":
      refuseArguments(syntax)
      return part(first.value, at: place).map { .residual($0) }
    case "freeze":
      refuseArguments(syntax)
      return part(first.value, at: place).map { .frozen($0) }
    case "branches": return branches(syntax, first.value, at: place)
    default:
      report(.unknownStructure(syntax.name, Self.structures, path))
      return nil
    }
  }

  private mutating func part(_ node: BlockNode, at place: LayerPath) -> [LayerSpec]? {
    let count = diagnostics.count
    var layers: [LayerSpec] = []
    append(
      node.isList ? node : BlockNode(content: .list([node]), range: node.range), to: &layers,
      at: place)
    if layers.isEmpty, diagnostics.count == count {
      report(
        Diagnostic(
          "nn.empty-network", path: path, range: node.range, message: "this part has no layers")
      )
    }
    return diagnostics.count == count ? layers : nil
  }

  private mutating func times(_ syntax: TermSyntax) -> Int? {
    guard syntax.arguments.count == 1, let argument = syntax.arguments.first, argument.key == nil
    else {
      report(
        Diagnostic(
          "nn.structure", path: path, range: syntax.range,
          message: "`repeat` needs a number of times",
          hint: "such as `{repeat 3: [dense 64, tanh]}`"))
      return nil
    }
    let bounds = BlockOption.Bounds.from(1, to: 100_000)
    guard let number = Self.number(argument.token.text), let times = Int(exactly: number) else {
      report(.notAWholeNumber("repeat", argument.token, path))
      return nil
    }
    guard bounds.contains(number) else {
      report(.outOfRange("repeat", argument.token, bounds, unit: "times", path))
      return nil
    }
    return times
  }

  private mutating func branches(
    _ syntax: TermSyntax, _ node: BlockNode, at place: LayerPath
  ) -> LayerSpec? {
    var join = LayerSpec.Join.concat
    for argument in syntax.arguments {
      let joins = LayerSpec.Join.allCases.map(\.rawValue)
      if argument.key == nil || argument.key?.text == "join",
        let known = LayerSpec.Join(rawValue: argument.token.text)
      {
        join = known
      } else {
        report(.notOneOf("branches", argument.token, joins, path))
      }
    }
    guard case .list(let items) = node.content, items.count >= 2 else {
      report(
        Diagnostic(
          "nn.structure", path: path, range: node.range,
          message: "`branches` needs at least two branches",
          hint: "a list of networks: `{branches: [[conv 8], [conv 8, conv 8]]}`"))
      return nil
    }
    let count = diagnostics.count
    var branches: [[LayerSpec]] = []
    for (index, item) in items.enumerated() {
      places.network[place.appending(index)] = item.range
      if case .list(let layers) = item.content, layers.isEmpty {
        branches.append([])  // the branch is the identity
      } else if let branch = part(item, at: place.appending(index)) {
        branches.append(branch)
      }
    }
    return diagnostics.count == count ? .branches(branches, join: join) : nil
  }

  private mutating func refuseArguments(_ syntax: TermSyntax) {
    for argument in syntax.arguments {
      report(
        Diagnostic(
          "nn.structure", path: path, range: argument.range,
          message: "`\(syntax.name.text)` takes no arguments",
          hint: "write the layers after the colon: `{\(syntax.name.text): [dense 8, relu]}`"))
    }
  }
}

extension BlockNode {
  var isList: Bool { if case .list = content { true } else { false } }
}

extension Diagnostic {
  static func notAStructure(_ range: Range<Int>, _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.structure", path: path, range: range,
      message: "a layer is a term, or one of the structures in braces",
      hint: "`{repeat 3: […]}`, `{residual: […]}`, `{branches: [[…], […]]}` or `{freeze: […]}`")
  }

  static func unknownStructure(_ name: Token, _ names: [String], _ path: String) -> Diagnostic {
    Diagnostic(
      "nn.structure", path: path, range: name.range,
      message: "no structure is named `\(name.text)`",
      hint: Registry.entry(.layer, name.text) != nil
        || Registry.entry(.activation, name.text) != nil
        ? "`\(name.text)` is written without a colon: `\(name.text) key=value`"
        : nameHint(for: name.text, among: names))
  }
}
