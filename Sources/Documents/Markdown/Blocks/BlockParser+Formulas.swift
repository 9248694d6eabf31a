/// Formulas in `$$` that decide about blocks.
extension BlockParser {
  /// Opens a formula that may contain blank lines at a line of `$$` alone, if another such line
  /// closes it.
  mutating func startFormula(_ depth: Int) -> Start {
    guard bytes.has("$$", at: firstNonspace), isBlank(firstNonspace + 2), hasClosingDollars() else {
      return .nothing
    }
    closeTo(depth)
    let node = add(.formulaBlock, from: firstNonspace)
    nodes[node].first = Int32(segments.count)
    return .line
  }

  /// Whether the next line with `$$` consists of nothing else.
  private func hasClosingDollars() -> Bool {
    var at = lineEnd
    while at + 1 < bytes.count {
      if bytes[at] == UInt8(ascii: "$"), bytes[at + 1] == UInt8(ascii: "$") {
        var before = at
        while before > lineEnd,
          isSpaceOrTab(bytes[before - 1]) || bytes[before - 1] == UInt8(ascii: ">")
        {
          before -= 1
        }
        var after = at + 2
        while after < bytes.count, isSpaceOrTab(bytes[after]) { after += 1 }
        let starts = bytes[before - 1] == 0x0A || bytes[before - 1] == 0x0D
        let ends = after == bytes.count || bytes[after] == 0x0A || bytes[after] == 0x0D
        return starts && ends
      }
      at += 1
    }
    return false
  }

  mutating func endsFormula(_ index: Int) -> Bool {
    guard !isBlank, bytes.has("$$", at: firstNonspace), isBlank(firstNonspace + 2) else {
      return false
    }
    lastContentEnd = lineEnd
    open[index].isClosed = true
    closeTo(index)
    return true
  }

  mutating func finishFormula(_ block: Open) {
    if !block.isClosed {
      let start = nodes[block.node].range.lowerBound
      diagnostics.append(.unclosedFormula(start..<start + 2, file))
    }
  }

  /// Records how far a formula extends that opens in the paragraph's line from `start` on: its
  /// lines start no blocks, even if they begin like one.
  mutating func lookForFormula(_ start: Int) {
    guard options.math, lineHasDollar else { return }
    var at = start
    while at + 1 < lineEnd {
      switch bytes[at] {
      case UInt8(ascii: "\\"): at += 2
      case UInt8(ascii: "`"):
        let run = runEnd(at, of: UInt8(ascii: "`"))
        at = closingRun(of: run - at, from: run) ?? run
      case UInt8(ascii: "$") where bytes[at + 1] == UInt8(ascii: "$"):
        guard let close = closingDollars(from: at + 2) else { return }
        if close > lineEnd {
          formulaEnd = close
          return
        }
        at = close
      default: at += 1
      }
    }
  }

  private func runEnd(_ start: Int, of byte: UInt8) -> Int {
    var at = start
    while at < lineEnd, bytes[at] == byte { at += 1 }
    return at
  }

  /// The end of a code span that closes on the same line; `nil` if none does.
  private func closingRun(of length: Int, from start: Int) -> Int? {
    var at = start
    while at < lineEnd {
      guard bytes[at] == UInt8(ascii: "`") else {
        at += 1
        continue
      }
      let end = runEnd(at, of: UInt8(ascii: "`"))
      if end - at == length { return end }
      at = end
    }
    return nil
  }

  /// The offset after the next `$$`; `nil` if a blank line comes first.
  private func closingDollars(from start: Int) -> Int? {
    var at = start
    var lineIsBlank = false
    while at < bytes.count {
      switch bytes[at] {
      case UInt8(ascii: "\\"):
        at += 1
        lineIsBlank = false
      case UInt8(ascii: "$"):
        if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "$") { return at + 2 }
        lineIsBlank = false
      case 0x0A:
        if lineIsBlank { return nil }
        lineIsBlank = true
      case 0x20, 0x09, 0x0D, UInt8(ascii: ">"): break
      default: lineIsBlank = false
      }
      at += 1
    }
    return nil
  }
}
