import Diagnostics
import Yams

/// Converts the parser's lines and columns, which count characters, to byte offsets.
struct MarkPlaces {
  private let bytes: [UInt8]
  private let lines: SourceFile
  /// The last position found. A later one on the same line is counted from there rather than from
  /// the line's start.
  private var last = (line: 0, column: 1, offset: 0)

  init(in bytes: [UInt8]) {
    self.bytes = bytes
    lines = SourceFile(path: "", bytes: bytes)
  }

  /// The offset of a mark; marks outside the text are clamped to it, or to the end of their line.
  ///
  /// - Complexity: Linear in the text for all marks of a document, asked for in order.
  mutating func offset(of mark: Mark) -> Int {
    guard mark.line >= 1 else { return 0 }
    guard mark.line <= lines.lineCount else { return bytes.count }
    let line = lines.lineRange(mark.line)
    if last.line != mark.line || last.column > mark.column {
      last = (mark.line, 1, line.lowerBound)
    }
    while last.offset < line.upperBound, last.column < mark.column {
      last.offset += 1
      while last.offset < line.upperBound, bytes[last.offset] & 0xC0 == 0x80 { last.offset += 1 }
      last.column += 1
    }
    return last.offset
  }
}
