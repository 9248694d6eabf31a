/// Moving along a line, where columns are not bytes: a tab extends to the next multiple of four,
/// and a container may consume a part of it.
extension BlockParser {
  mutating func findNonspace() {
    var at = offset
    var reached = column
    if tabColumns > 0 {
      reached += tabColumns
      at += 1
    }
    while at < lineEnd {
      if bytes[at] == 0x20 {
        reached += 1
      } else if bytes[at] == 0x09 {
        reached += 4 - reached % 4
      } else {
        break
      }
      at += 1
    }
    firstNonspace = at
    firstNonspaceColumn = reached
    indent = reached - column
    isBlank = at == lineEnd
  }

  mutating func advanceToNonspace() {
    offset = firstNonspace
    column = firstNonspaceColumn
    tabColumns = 0
    indent = 0
  }

  /// Consumes that many columns; a tab may be consumed in part.
  mutating func advance(columns count: Int) {
    var left = count
    while left > 0, offset < lineEnd {
      if tabColumns > 0 || bytes[offset] == 0x09 {
        let width = tabColumns > 0 ? tabColumns : 4 - column % 4
        let taken = min(width, left)
        column += taken
        left -= taken
        tabColumns = width - taken
        if tabColumns == 0 { offset += 1 }
      } else {
        offset += 1
        column += 1
        left -= 1
      }
    }
  }
}
