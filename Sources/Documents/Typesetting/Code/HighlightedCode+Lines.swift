extension HighlightedCode {
  /// The lines of the code, each as HTML of its own: an element that spans several lines is closed
  /// at the end of each and reopened on the next. A trailing line feed does not start another line.
  package var lines: [String] {
    var lines: [String] = []
    var line: [UInt8] = []
    var open: [ArraySlice<UInt8>] = []
    let bytes = Array(html.utf8)
    var offset = 0
    while offset < bytes.count {
      switch bytes[offset] {
      case UInt8(ascii: "\n"):
        for _ in open { line.append(contentsOf: "</span>".utf8) }
        lines.append(String(decoding: line, as: UTF8.self))
        line.removeAll(keepingCapacity: true)
        for tag in open { line.append(contentsOf: tag) }
        offset += 1
        // Only reopened elements follow the last line feed: the text has ended.
        if offset == bytes.count { return lines }
      case UInt8(ascii: "<"):
        let end = (bytes[offset...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count - 1) + 1
        let tag = bytes[offset..<end]
        if tag.starts(with: "</".utf8) { _ = open.popLast() } else { open.append(tag) }
        line.append(contentsOf: tag)
        offset = end
      default:
        line.append(bytes[offset])
        offset += 1
      }
    }
    lines.append(String(decoding: line, as: UTF8.self))
    return lines
  }
}
