package import Diagnostics

/// Gives a document's headings their ids and its figures, tables, equations and footnotes their
/// numbers, and records all ids on the page.
struct Linker {
  var document: Document
  let definitions: [String: AttributeList]
  /// All ids, with the range of their first use.
  var used: [String: Range<Int>] = [:]
  /// The next number to try for an id that not even the headings above distinguish.
  private var counts: [String: Int] = [:]
  /// The references to unknown attribute definitions that were already reported.
  private var reported: Set<Range<Int>> = []
  private var nearDefinitions = NearNames()
  private var nearLabels = NearNames()
  private var figures = 0
  private var tables = 0
  private var equations = 0

  init(_ document: Document, definitions: [String: AttributeList]) {
    self.document = document
    self.definitions = definitions
  }

  /// Returns the document without keeping a reference to it.
  mutating func takeDocument() -> Document {
    let result = document
    document = Document(document.file, document.options)
    return result
  }

  mutating func link(footnotes: [FootnoteDefinition], rawHeadings: [String]) {
    resolveAttributes()
    let written = document.anchors
    document.anchors = []
    for anchor in written { claim(anchor.id, .other, anchor.range) }
    numberNodes()
    nameHeadings(rawHeadings)
    nameTerms()
    resolveEquationReferences()
    numberFootnotes(footnotes)
    document.anchors.sort { ($0.range.lowerBound, $0.id) < ($1.range.lowerBound, $1.id) }
  }

  // MARK: Attributes

  private mutating func resolveAttributes() {
    for index in document.attributeLists.indices {
      let references = document.attributeLists[index].references
      guard !references.isEmpty else { continue }
      document.attributeLists[index].references = []
      var merged = AttributeList()
      for reference in references { add(reference, to: &merged, depth: 0) }
      merged.merge(document.attributeLists[index])
      document.attributeLists[index] = merged
    }
  }

  private mutating func add(
    _ reference: AttributeList.Reference, to list: inout AttributeList, depth: Int
  ) {
    let name = reference.name
    guard var found = definitions[name] else {
      if name == "auto_ids" || name.hasPrefix("auto_ids-") {
        list.termIDPrefix = String(name.dropFirst("auto_ids-".count))
      } else if reported.insert(reference.range).inserted {
        document.diagnostics.append(
          .unknownReference(
            name, reference.range, nearDefinitions.nearest(to: name, among: definitions.keys),
            document.file))
      }
      return
    }
    guard depth < 8 else { return }
    let references = found.references
    found.references = []
    for inner in references { add(inner, to: &list, depth: depth + 1) }
    list.merge(found)
  }

  /// Records an id; an id that is taken is reported.
  private mutating func claim(_ id: String, _ target: Anchor.Target, _ range: Range<Int>) {
    guard !id.isEmpty else { return }
    if let first = used[id] {
      document.diagnostics.append(.duplicateID(id, range, first, document.file))
      return
    }
    used[id] = range
    document.anchors.append(Anchor(id: id, target: target, range: range))
  }

  // MARK: Numbers

  private mutating func numberNodes() {
    for index in document.nodes.indices {
      let node = document.nodes[index]
      switch node.kind {
      case .figure: numberFigure(index)
      case .table:
        let list = document.attributes(of: index)
        guard let list, list.id != nil || list["caption"] != nil else { break }
        tables += 1
        document.nodes[index].second = Int32(tables)
        if let id = list.id { claim(id, .table(tables), node.range) }
      case .codeBlock: numberCode(Int(node.first))
      case .formula, .formulaBlock: readFormula(Int(node.first))
      case .heading: break
      case .text, .none: break
      default:
        guard node.attributes >= 0 else { break }
        guard let id = document.attributes(of: index)?.id else { break }
        if case .term = node.kind {
          claim(id, .term(index), node.range)
        } else {
          claim(id, .other, node.range)
        }
      }
    }
  }

  private mutating func numberFigure(_ index: Int) {
    let image = document.nodes[index + 1]
    let link = document.links[Int(image.first)]
    let id = document.attributes(of: index)?.id ?? document.attributes(of: index + 1)?.id
    guard id != nil || !link.title.isEmpty || !link.text.isEmpty else { return }
    figures += 1
    document.nodes[index].second = Int32(figures)
    if let id { claim(id, .figure(figures), image.range) }
    // The image's own id becomes the figure's, and must not be recorded again.
    if image.attributes >= 0, document.attributes(of: index)?.id == nil, let id {
      var list = document.attributeLists[Int(image.attributes)]
      list.id = nil
      document.attributeLists[Int(image.attributes)] = list
      if document.nodes[index].attributes < 0 {
        document.nodes[index].attributes = Int32(document.attributeLists.count)
        document.attributeLists.append(AttributeList())
      }
      document.attributeLists[Int(document.nodes[index].attributes)].id = id
    }
  }

  private mutating func numberCode(_ index: Int) {
    let code = document.codeBlocks[index]
    let list = document.attributes(of: code.node)
    if let id = list?.id ?? code.info.attributes.id, code.info.experiment == nil {
      claim(id, .other, code.range)
    }
    guard let experiment = code.info.experiment else { return }
    figures += 1
    document.codeBlocks[index].figure = figures
    if let id = experiment.id {
      claim(id, .experiment(codeBlock: index), experiment.idRange ?? code.range)
    }
  }

  // MARK: Equations

  private mutating func readFormula(_ index: Int) {
    let formula = document.formulas[index]
    let node = document.nodes[formula.node]
    if let id = document.attributes(of: formula.node)?.id { claim(id, .other, node.range) }
    var reader = EquationReader(formula.tex, isBlock: formula.isDisplay, next: equations + 1)
    guard reader.read() else { return }
    equations = reader.next - 1
    document.formulas[index].tex = reader.tex
    document.formulas[index].isDisplay = formula.isDisplay || reader.hasTag
    for (label, number, range) in reader.labels {
      if let first = used[label] {
        document.diagnostics.append(.duplicateLabel(label, range, first, document.file))
        continue
      }
      document.formulas[index].labels.append(Formula.Label(id: label, number: number))
      claim(label, .equation(number), range)
    }
  }

  /// Replaces `\ref` and `\eqref` in formulas with numbers, and checks those in prose.
  private mutating func resolveEquationReferences() {
    var numbers: [String: String] = [:]
    for anchor in document.anchors {
      if case .equation(let number) = anchor.target { numbers[anchor.id] = number }
    }
    let names = numbers.keys.sorted()
    for index in document.formulas.indices {
      let (tex, missing) = EquationReader.resolvingReferences(
        in: document.formulas[index].tex, numbers)
      guard let tex else { continue }
      document.formulas[index].tex = tex
      for (label, range) in missing { report(label, range, names) }
    }
    for link in document.links
    where document.nodes[link.node].equationStyle != .named && !link.isImage {
      let label = String(link.destination.dropFirst())
      if numbers[label] == nil { report(label, link.range, names) }
    }
  }

  private mutating func report(_ label: String, _ range: Range<Int>, _ names: [String]) {
    let near = nearLabels.nearest(to: label, among: names).map { "did you mean `\($0)`?" }
    document.diagnostics.append(.unknownLabel(label, range, near, document.file))
  }

  // MARK: Headings

  private mutating func nameHeadings(_ raw: [String]) {
    let wanted = document.options.headingIDs
    var explicit: [Int: String] = [:]
    for (index, heading) in document.headings.enumerated() {
      let list = document.attributes(of: heading.node)
      if let id = list?.id {
        explicit[index] = id
        claim(id, .heading(index), heading.range)
      }
      if list?.classes.contains("no_toc") == true { document.headings[index].isInContents = false }
      document.headings[index].text = document.plainText(of: heading.node)
    }
    var kramdown = KramdownIDs()
    var parents: [(level: Int, slug: String)] = []
    for index in document.headings.indices {
      let heading = document.headings[index]
      while let last = parents.last, last.level >= heading.level { parents.removeLast() }
      let slug = Slug.slug(of: heading.text)
      defer { parents.append((heading.level, slug)) }
      if let id = explicit[index] {
        document.headings[index].id = id.isEmpty ? nil : id
        continue
      }
      let old = index < raw.count ? kramdown.next(for: raw[index]) : ""
      switch wanted {
      case .none: continue
      case .kramdown: document.headings[index].id = old
      case .readable, .readableAndKramdown:
        document.headings[index].id = unique(slug, below: parents)
      }
      guard let id = document.headings[index].id else { continue }
      if used[id] == nil {
        used[id] = heading.range
        document.anchors.append(Anchor(id: id, target: .heading(index), range: heading.range))
      }
      if wanted == .readableAndKramdown, old != id { document.headings[index].kramdownID = old }
    }
    guard wanted == .readableAndKramdown else { return }
    // An old id that another element of the page carries now belongs to that element.
    for index in document.headings.indices {
      guard let old = document.headings[index].kramdownID else { continue }
      if used[old] == nil {
        claim(old, .heading(index), document.headings[index].range)
      } else {
        document.headings[index].kramdownID = nil
      }
    }
  }

  /// A slug that is taken is distinguished by the headings above it, which do not change when a
  /// heading is inserted elsewhere; only equal ids within one section are numbered.
  private mutating func unique(_ slug: String, below parents: [(level: Int, slug: String)])
    -> String
  {
    if used[slug] == nil { return slug }
    var id = slug
    for parent in parents.reversed() {
      id = parent.slug + "-" + id
      if used[id] == nil { return id }
    }
    var number = counts[id] ?? 2
    while used["\(id)-\(number)"] != nil { number += 1 }
    counts[id] = number + 1
    return "\(id)-\(number)"
  }

  // MARK: Terms

  /// Gives ids to the terms of definition lists that request them with `{:auto_ids}`.
  private mutating func nameTerms() {
    let asks = document.attributeLists.contains { $0.termIDPrefix != nil }
    guard asks else { return }
    for index in document.nodes.indices where document.nodes[index].kind == .definitionList {
      guard let prefix = document.attributes(of: index)?.termIDPrefix else { continue }
      for term in document.children(of: index) where document.nodes[term].kind == .term {
        guard document.attributes(of: term)?.id == nil else { continue }
        let text = document.plainText(of: term)
        let slug =
          document.options.headingIDs == .kramdown ? KramdownIDs.id(for: text) : Slug.slug(of: text)
        let id = unique(prefix + slug, below: [])
        claim(id, .term(term), document.nodes[term].range)
        if document.nodes[term].attributes < 0 {
          document.nodes[term].attributes = Int32(document.attributeLists.count)
          document.attributeLists.append(AttributeList())
        }
        document.attributeLists[Int(document.nodes[term].attributes)].id = id
      }
    }
  }

  // MARK: Footnotes

  private mutating func numberFootnotes(_ definitions: [FootnoteDefinition]) {
    guard !definitions.isEmpty else { return }
    document.footnotes = definitions.map {
      Footnote(label: $0.label, node: -1, number: nil, uses: 0, range: $0.range)
    }
    for (index, node) in document.nodes.enumerated() where node.kind == .footnote {
      document.footnotes[Int(node.first)].node = index
    }
    var at = 0
    while at < document.nodes.count {
      if document.nodes[at].kind == .footnote {
        at = Int(document.nodes[at].end)
        continue
      }
      count(at)
      at += 1
    }
    var next = 0
    while next < document.footnoteOrder.count {
      let node = document.footnotes[document.footnoteOrder[next]].node
      if node >= 0 { for inner in node..<Int(document.nodes[node].end) { count(inner) } }
      next += 1
    }
    var seen: Set<String> = []
    for footnote in document.footnotes {
      let isFirst = seen.insert(footnote.label).inserted
      if footnote.number != nil {
        claim("fn:" + footnote.label, .footnote, footnote.range)
      } else if isFirst {
        document.diagnostics.append(.unusedFootnote(footnote.label, footnote.range, document.file))
      }
    }
  }

  private mutating func count(_ index: Int) {
    guard document.nodes[index].kind == .footnoteReference else { return }
    let footnote = Int(document.nodes[index].first)
    if document.footnotes[footnote].number == nil {
      document.footnoteOrder.append(footnote)
      document.footnotes[footnote].number = document.footnoteOrder.count
    }
    document.footnotes[footnote].uses += 1
    document.nodes[index].second = Int32(document.footnotes[footnote].uses)
  }
}

extension Document {
  /// The unresolved `[](#id)` references, given the ids that experiments and templates add to those
  /// that the article defines.
  package func unresolvedReferences(alsoDefined: Set<String> = []) -> [Diagnostic] {
    let known = Set(anchors.map(\.id)).union(alsoDefined)
    var near = NearNames()
    return links.filter { $0.isCrossReference && nodes[$0.node].equationStyle == .named }.compactMap
    {
      link in
      let id = String(link.destination.dropFirst())
      guard !known.contains(id) else { return nil }
      return .unresolvedReference(id, link.range, near.nearest(to: id, among: known), file)
    }
  }
}
