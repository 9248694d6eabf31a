import Diagnostics

/// The graph of templates that include each other: a cycle would never end, and templates that each
/// include the next one twice would grow exponentially.
struct TemplateIncludes {
  private struct Include {
    var name: String
    var range: Range<Int>
  }

  /// The maximum depth of nested inclusions and sections.
  private static let deepest = 64
  /// The maximum number of inclusions of a template, counted with those of the templates it
  /// includes.
  private static let most = 10_000

  private var files: [String: SourceFile] = [:]
  private var includes: [String: [Include]] = [:]
  /// The templates that others put into a template's blocks, which it then includes. A filled block
  /// stays filled in everything rendered inside it, so a template that fills a block of a page with
  /// that page never ends.
  private var filled: [String: Set<String>] = [:]
  /// The templates included in blocks of each name, in all templates, and the names of each
  /// template's blocks. A template's block is filled with the content of the blocks of that name
  /// around it.
  private var filledBlocks: [String: Set<String>] = [:]
  private var blocks: [String: [Include]] = [:]
  /// Templates that must not be rendered.
  private(set) var refused: Set<String> = []
  private(set) var diagnostics: [Diagnostic] = []

  /// - Parameter files: The templates by their names.
  init(_ files: [String: SourceFile]) {
    self.files = files
    for name in files.keys.sorted() { read(name) }
    check()
  }

  /// Finds the tags that include other templates. Delimiters are valid from where they are set to
  /// the end of the section; here all delimiters count everywhere, so that no tag is missed.
  private mutating func read(_ name: String) {
    let file = files[name]!
    let bytes = file.bytes
    var starts: [[UInt8]] = [Array("{{".utf8)]
    var found: [Include] = []
    var depth = 0
    /// For each open section, the template whose blocks it fills or the block that it is.
    var sections: [(parent: String?, block: String?)] = []
    var index = 0
    while index < bytes.count {
      guard let start = starts.first(where: { bytes[index...].starts(with: $0) }),
        index + start.count < bytes.count
      else {
        index += 1
        continue
      }
      index += start.count
      switch bytes[index] {
      case UInt8(ascii: "="):
        let word = bytes[(index + 1)...].drop { Self.isSpace($0) }.prefix { !Self.isSpace($0) }
        if !word.isEmpty, word.count <= 16, starts.count < 16, !starts.contains(Array(word)) {
          starts.append(Array(word))
        }
      case UInt8(ascii: ">"), UInt8(ascii: "<"):
        let word = bytes[(index + 1)...].drop { Self.isSpace($0) }.prefix { Self.isName($0) }
        let text = String(decoding: word, as: UTF8.self)
        found.append(Include(name: text, range: word.startIndex..<word.endIndex))
        for section in sections {
          if let parent = section.parent { filled[parent, default: []].insert(text) }
          if let block = section.block { filledBlocks[block, default: []].insert(text) }
        }
        guard bytes[index] == UInt8(ascii: "<") else { continue }
        depth += 1
        if depth <= Self.deepest { sections.append((text, nil)) }
      case UInt8(ascii: "#"), UInt8(ascii: "^"), UInt8(ascii: "$"):
        depth += 1
        var block: String?
        if bytes[index] == UInt8(ascii: "$") {
          let word = bytes[(index + 1)...].drop { Self.isSpace($0) }.prefix { Self.isName($0) }
          let text = String(decoding: word, as: UTF8.self)
          blocks[name, default: []].append(
            Include(name: text, range: word.startIndex..<word.endIndex))
          block = text
        }
        if depth <= Self.deepest { sections.append((nil, block)) }
      case UInt8(ascii: "/"):
        depth = max(0, depth - 1)
        if sections.count > depth { sections.removeLast() }
      default: break
      }
      if depth > Self.deepest, !refused.contains(name) {
        refused.insert(name)
        diagnostics.append(.templateTooDeep(at: index..<index + 1, in: file))
      }
    }
    for include in found where include.name.hasPrefix("*") {
      refused.insert(name)
      diagnostics.append(.dynamicTemplate(include.name, at: include.range, in: file))
    }
    includes[name] = found.filter { files[$0.name] != nil }
  }

  /// The templates that a template includes, and those that others put into its blocks.
  private func inner(_ name: String) -> Set<String> {
    let own = includes[name, default: []].map(\.name)
    let inBlocks = blocks[name, default: []].flatMap { filledBlocks[$0.name, default: []] }
    return filled[name, default: []].union(inBlocks).filter { files[$0] != nil }.union(own)
  }

  /// Counts inclusions upwards from the templates that include nothing; those that remain are in a
  /// cycle or lead to one.
  private mutating func check() {
    var sizes: [String: (count: Int, depth: Int)] = [:]
    let parts = Dictionary(uniqueKeysWithValues: includes.keys.map { ($0, inner($0)) })
    var waiting = parts.mapValues(\.count)
    var includers: [String: [String]] = [:]
    for (name, others) in parts {
      for other in others { includers[other, default: []].append(name) }
    }
    var ready = waiting.filter { $0.value == 0 }.map(\.key)
    while let name = ready.popLast() {
      // A template that is included twice counts twice.
      let own = includes[name, default: []].map(\.name)
      let inner = (own + parts[name, default: []].subtracting(own)).compactMap { sizes[$0] }
      sizes[name] = (
        inner.reduce(1) { min($0 + $1.count, Self.most + 1) }, 1 + (inner.map(\.depth).max() ?? 0)
      )
      for other in includers[name, default: []] {
        waiting[other, default: 0] -= 1
        if waiting[other] == 0 { ready.append(other) }
      }
    }
    let circles = Self.circles(parts.filter { sizes[$0.key] == nil })
    for (name, found) in includes.sorted(by: { $0.key < $1.key }) {
      guard let size = sizes[name] else {
        refuseCircle(name, circles)
        continue
      }
      guard size.count > Self.most || size.depth > Self.deepest, let first = found.first else {
        continue
      }
      refused.insert(name)
      diagnostics.append(.templateTooLarge(at: first.range, in: files[name]!))
    }
  }

  /// Refuses a template that includes itself, directly, through others, or through its blocks.
  ///
  /// - Parameter circles: The result of ``circles(_:)``.
  private mutating func refuseCircle(_ name: String, _ circles: [String: Int]) {
    var tags = includes[name, default: []].map { (through: $0.name, range: $0.range) }
    for block in blocks[name, default: []] {
      tags += filledBlocks[block.name, default: []].sorted().map { ($0, block.range) }
    }
    guard let circle = tags.first(where: { circles[$0.through] == circles[name] }),
      circles[name] != nil
    else { return }
    refused.insert(name)
    diagnostics.append(
      .templateCircle(name, through: circle.through, at: circle.range, in: files[name]!))
  }

  /// The number of the cycle that each template is in; templates that include each other have the
  /// same number. A template that only leads to a cycle has none.
  ///
  /// - Source: Tarjan, *Depth-first search and linear graph algorithms* (1972), without recursion.
  private static func circles(_ parts: [String: Set<String>]) -> [String: Int] {
    var circles: [String: Int] = [:]
    var order: [String: Int] = [:]
    var lowest: [String: Int] = [:]
    var stack: [String] = []
    var isOnStack: Set<String> = []
    for start in parts.keys where order[start] == nil {
      var path: [(name: String, others: [String], next: Int)] = []
      func enter(_ name: String) {
        order[name] = order.count
        lowest[name] = order[name]
        stack.append(name)
        isOnStack.insert(name)
        path.append((name, Array(parts[name, default: []]), 0))
      }
      enter(start)
      while let (name, others, next) = path.last {
        if next < others.count {
          let other = others[next]
          path[path.count - 1].next += 1
          if order[other] == nil {
            if parts[other] != nil { enter(other) }
          } else if isOnStack.contains(other) {
            lowest[name] = min(lowest[name]!, order[other]!)
          }
          continue
        }
        path.removeLast()
        if let above = path.last?.name { lowest[above] = min(lowest[above]!, lowest[name]!) }
        guard lowest[name] == order[name] else { continue }
        let first = stack.lastIndex(of: name)!
        let members = Array(stack[first...])
        if members.count > 1 || parts[name, default: []].contains(name) {
          for member in members { circles[member] = order[name] }
        }
        isOnStack.subtract(members)
        stack.removeSubrange(first...)
      }
    }
    return circles
  }

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }

  private static func isName(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 0x20) || (48...57).contains(byte) || ".-_?()*/".utf8.contains(byte)
  }
}

extension Diagnostic {
  fileprivate static func templateCircle(
    _ name: String, through other: String, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "template.circle", path: file.path, range: range,
      message: name == other
        ? "the template `\(name)` includes itself"
        : "the template `\(name)` includes itself through `\(other)`",
      hint: "remove one of the inclusions")
  }

  fileprivate static func dynamicTemplate(
    _ name: String, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "template.dynamic", path: file.path, range: range,
      message:
        "the name `\(name)` is only known when the page is rendered, and could be this template's",
      hint: "write the template's name")
  }

  fileprivate static func templateTooDeep(at range: Range<Int>, in file: SourceFile) -> Diagnostic {
    Diagnostic(
      "template.too-large", path: file.path, range: range,
      message: "the sections are nested too deeply", hint: "at most 64 levels")
  }

  fileprivate static func templateTooLarge(at range: Range<Int>, in file: SourceFile) -> Diagnostic
  {
    Diagnostic(
      "template.too-large", path: file.path, range: range,
      message:
        "the template has too many inclusions, counted with those of the templates it includes",
      hint: "at most 10000 inclusions, 64 within each other")
  }
}
