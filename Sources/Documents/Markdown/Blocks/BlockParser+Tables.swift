/// Pipe tables: GitHub's, and kramdown's without a header or with several bodies.
extension BlockParser {
  /// Turns the last line of the open paragraph into a table's header if a delimiter row follows it.
  mutating func startTable(_ depth: Int) -> Start {
    let line = firstNonspace..<trimmedEnd(firstNonspace, lineEnd)
    let paragraph = open[depth - 1].node
    guard nodes[paragraph].second > 0,
      let alignments = delimiterRow(line)
    else { return .nothing }
    let header = segments[segments.count - 1]
    let headerStartsWithPipe = bytes[Int(header.start)] == UInt8(ascii: "|")
    guard lineHasPipe || headerStartsWithPipe else { return .nothing }
    let columns = cells(header.range).count
    let isLenient =
      options.kramdown && headerStartsWithPipe && bytes[line.lowerBound] != UInt8(ascii: ":")
    guard columns == alignments.count || isLenient && columns > 1 else { return .nothing }
    // A copy, because a slice would retain all segments, and adding the next one would copy them.
    let lines = Array(segments.suffix(Int(nodes[paragraph].second)).dropLast())
    let onlySeparators =
      options.kramdown && lines.allSatisfy { isSeparator($0.range) != nil }
    if options.kramdown, !onlySeparators, lines.contains(where: { isSeparator($0.range) != nil }) {
      return .nothing  // a table without a header, and this line only separates
    }
    // With kramdown, all rows above the first delimiter row belong to the header.
    let areRows =
      options.kramdown && headerStartsWithPipe && !onlySeparators
      && lines.allSatisfy {
        bytes[Int($0.start)] == UInt8(ascii: "|") && cells($0.range).count == columns
      }
    let head = areRows ? Array(lines) + [header] : [header]
    closeTo(depth)
    nodes[paragraph].second -= Int32(head.count)
    if lines.isEmpty || onlySeparators || areRows {
      nodes[paragraph].kind = .table
      open[open.count - 1].kind = .table
    } else {
      closeLast()
      add(.table, from: Int(header.start))
    }
    let node = open[open.count - 1].node
    nodes[node].start = UInt32(head[0].start)
    nodes[node].first = Int32(segments.count)
    nodes[node].second = 0
    self.alignments = alignments
    self.columns = columns
    headRows = head.count
    for row in head { addSegment(Int(row.start), end: Int(row.end)) }
    return .line
  }

  mutating func addTableRow() {
    findNonspace()
    addSegment(firstNonspace)
  }

  /// Parses the alignments of a row such as `| :-- | --- |`.
  private func delimiterRow(_ line: Range<Int>) -> [ColumnAlignment]? {
    var alignments: [ColumnAlignment] = []
    var at = line.lowerBound
    let end = line.upperBound
    if at < end,
      bytes[at] == UInt8(ascii: "|") || options.kramdown && bytes[at] == UInt8(ascii: "+")
    {
      at += 1
    }
    while at < end {
      while at < end, isSpaceOrTab(bytes[at]) { at += 1 }
      let left = at < end && bytes[at] == UInt8(ascii: ":")
      if left { at += 1 }
      let dashes = at
      while at < end, bytes[at] == UInt8(ascii: "-") { at += 1 }
      let isEmpty = at == dashes
      let right = at < end && bytes[at] == UInt8(ascii: ":") && !isEmpty
      if right { at += 1 }
      while at < end, isSpaceOrTab(bytes[at]) { at += 1 }
      if isEmpty, !options.kramdown || left || alignments.isEmpty { return nil }
      alignments.append(left ? (right ? .center : .left) : right ? .right : .none)
      guard at < end else { break }
      guard bytes[at] == UInt8(ascii: "|") || options.kramdown && bytes[at] == UInt8(ascii: "+")
      else {
        return nil
      }
      at += 1
    }
    return alignments.isEmpty ? nil : alignments
  }

  /// The kind of a separator line inside a table: `-` separates bodies, `=` the footer; `nil` for a
  /// row.
  private func isSeparator(_ line: Range<Int>) -> UInt8? {
    var mark: UInt8?
    for at in line {
      switch bytes[at] {
      case UInt8(ascii: "-"): mark = mark ?? UInt8(ascii: "-")
      case UInt8(ascii: "="): mark = UInt8(ascii: "=")
      case UInt8(ascii: "|"), UInt8(ascii: "+"), UInt8(ascii: ":"), 0x20, 0x09: break
      default: return nil
      }
    }
    return bytes[line.lowerBound] == UInt8(ascii: "|")
      || bytes[line.lowerBound] == UInt8(ascii: "+") ? mark : nil
  }

  /// The cells of a row, trimmed. A pipe separates cells unless it is escaped or inside a formula.
  private func cells(_ line: Range<Int>) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    let end = trimmedEnd(line.lowerBound, line.upperBound)
    var at = line.lowerBound
    while at < end, isSpaceOrTab(bytes[at]) { at += 1 }
    if at < end, bytes[at] == UInt8(ascii: "|") { at += 1 }
    var start = at
    func trimmed(_ from: Int, _ to: Int) -> Range<Int> {
      var from = from
      while from < to, isSpaceOrTab(bytes[from]) { from += 1 }
      return from..<trimmedEnd(from, to)
    }
    var lastDollars = Int.max
    while at < end {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "|"):
        cells.append(trimmed(start, at))
        start = at + 1
      case UInt8(ascii: "$")
      where options.math && at + 1 < end && bytes[at + 1] == UInt8(ascii: "$") && at < lastDollars:
        var close = at + 2
        while close + 1 < end,
          !(bytes[close] == UInt8(ascii: "$") && bytes[close + 1] == UInt8(ascii: "$"))
        {
          close += bytes[close] == UInt8(ascii: "\\") ? 2 : 1
        }
        if close + 1 < end { at = close + 1 } else { lastDollars = at }
      default: break
      }
      at += 1
    }
    if start < end { cells.append(trimmed(start, end)) }
    return cells
  }

  /// Adds the sections, rows and cells of a table below its node.
  mutating func finishTable(_ block: Open) {
    let first = Int(nodes[block.node].first)
    let lines = Array(segments[first..<first + Int(nodes[block.node].second)])
    nodes[block.node].second = 0
    appendSection(.tableHead, lines[..<headRows], alignments, columns)
    appendBodies(lines[headRows...], alignments, columns)
  }

  private mutating func appendBodies(
    _ lines: ArraySlice<Segment>, _ alignments: [ColumnAlignment], _ columns: Int
  ) {
    var kind = Node.Kind.tableBody
    var start = lines.startIndex
    for index in lines.indices where options.kramdown {
      guard let mark = isSeparator(lines[index].range) else { continue }
      appendSection(kind, lines[start..<index], alignments, columns)
      start = index + 1
      if mark == UInt8(ascii: "=") { kind = .tableFoot }
    }
    appendSection(kind, lines[start...], alignments, columns)
  }

  private mutating func appendSection(
    _ kind: Node.Kind, _ lines: ArraySlice<Segment>, _ alignments: [ColumnAlignment], _ columns: Int
  ) {
    let rows = lines.filter { !options.kramdown || isSeparator($0.range) == nil }
    guard let first = rows.first, let last = rows.last else { return }
    // A footer includes rows that separators would split.
    if kind == .tableFoot, nodes[nodes.count - 1].kind == .tableCell, let foot = openFoot() {
      for row in rows { appendRow(row, false, alignments, columns) }
      nodes[foot].end = Int32(nodes.count)
      return
    }
    let section = nodes.count
    nodes.append(Node(kind, Int(first.start)..<Int(last.end)))
    for row in rows { appendRow(row, kind == .tableHead, alignments, columns) }
    nodes[section].end = Int32(nodes.count)
  }

  /// The table's last section, if it is a footer.
  private func openFoot() -> Int? {
    let last = nodes.lastIndex {
      $0.kind == .tableFoot || $0.kind == .tableBody || $0.kind == .tableHead
    }
    return last.flatMap { nodes[$0].kind == .tableFoot ? $0 : nil }
  }

  private mutating func appendRow(
    _ line: Segment, _ isHeader: Bool, _ alignments: [ColumnAlignment], _ columns: Int
  ) {
    let row = nodes.count
    nodes.append(Node(.tableRow, line.range))
    var found = cells(line.range)
    // Short rows are filled up, but a few rows of very many columns must not make a huge page.
    let missing = columns - found.count
    if missing > 0, filledCells + missing <= 1000 + 4 * bytes.count {
      filledCells += missing
      for _ in 0..<missing { found.append(Int(line.end)..<Int(line.end)) }
    }
    for (index, range) in found.prefix(columns).enumerated() {
      var cell = Node(.tableCell, range, end: nodes.count + 1)
      if index < alignments.count { cell.alignment = alignments[index] }
      cell.isHeader = isHeader
      cell.first = Int32(segments.count)
      if !range.isEmpty {
        segments.append(Segment(start: Int32(range.lowerBound), end: Int32(range.upperBound)))
        cell.second = 1
      }
      nodes.append(cell)
    }
    nodes[row].end = Int32(nodes.count)
  }

  /// Turns a paragraph of two or more lines into a table without a header, if each starts with a
  /// pipe and has another. A single such line is prose: `|x| is a norm`.
  mutating func makeHeaderlessTable(_ node: Int) {
    let first = Int(nodes[node].first)
    let count = Int(nodes[node].second)
    guard count >= 2 else { return }
    let lines = Array(segments[first..<first + count])
    var columns = 0
    for line in lines {
      guard bytes[Int(line.start)] == UInt8(ascii: "|") else { return }
      if isSeparator(line.range) != nil { continue }
      let found = cells(line.range).count
      guard found >= 2 else { return }
      columns = max(columns, found)
    }
    guard columns > 0 else { return }
    nodes[node].kind = .table
    nodes[node].second = 0
    appendBodies(lines[...], [], columns)
  }
}
