/// A text file that a person wrote, with the path by which they know it.
package struct SourceFile: Hashable, Sendable {
  /// The path from the site's root, with `/` on every system.
  package let path: String
  /// The file's bytes; they are valid UTF-8 once a reader has accepted them.
  package let bytes: [UInt8]
  /// The UTF-8 offset at which each line starts; the first is 0.
  private let lineStarts: [Int]
  /// The number of Unicode scalars that start before each block of bytes. Empty unless some line is
  /// so long that counting its scalars for every message would be expensive.
  private let scalarsBefore: [Int]

  private static let blockSize = 4096

  /// - Complexity: Linear in the bytes: lines are counted once.
  package init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
    var starts = [0]
    var offset = 0
    while offset < bytes.count {
      if bytes[offset] == UInt8(ascii: "\n") {
        starts.append(offset + 1)
      } else if bytes[offset] == UInt8(ascii: "\r"),
        offset + 1 == bytes.count || bytes[offset + 1] != UInt8(ascii: "\n")
      {
        starts.append(offset + 1)
      }
      offset += 1
    }
    lineStarts = starts
    let longest = zip(starts, starts.dropFirst() + [bytes.count]).map { $1 - $0 }.max() ?? 0
    scalarsBefore = longest > Self.blockSize ? Self.scalarsBeforeBlocks(of: bytes) : []
  }

  private static func scalarsBeforeBlocks(of bytes: [UInt8]) -> [Int] {
    var counts: [Int] = []
    var count = 0
    for start in stride(from: 0, to: bytes.count, by: blockSize) {
      counts.append(count)
      count += scalarCount(in: bytes[start..<min(start + blockSize, bytes.count)])
    }
    counts.append(count)
    return counts
  }

  private static func scalarCount(in bytes: ArraySlice<UInt8>) -> Int {
    bytes.count { $0 & 0b1100_0000 != 0b1000_0000 }
  }

  /// A file with the text of a string.
  package init(path: String, text: String) {
    self.init(path: path, bytes: Array(text.utf8))
  }

  /// The number of lines; a line ending at the end of the file starts another line.
  package var lineCount: Int { lineStarts.count }

  /// The text between two UTF-8 offsets, which are clamped to the file.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  /// The UTF-8 offset at which a line starts. Lines count from 1, as in editors; a line past the
  /// last gives the end of the file.
  package func offset(ofLine line: Int) -> Int {
    precondition(line >= 1, "line \(line) is not counted from 1")
    return line <= lineStarts.count ? lineStarts[line - 1] : bytes.count
  }

  /// The range of a line (from 1) without its line ending.
  package func lineRange(_ line: Int) -> Range<Int> {
    let start = offset(ofLine: line)
    var end = line < lineStarts.count ? lineStarts[line] : bytes.count
    while end > start, bytes[end - 1] == UInt8(ascii: "\n") || bytes[end - 1] == UInt8(ascii: "\r")
    {
      end -= 1
    }
    return start..<end
  }

  /// The line and column, both counted from 1, of a UTF-8 offset. Columns count Unicode scalars, as
  /// compilers and most editors do.
  package func position(of utf8Offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(utf8Offset, 0), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return (low + 1, scalarCount(from: lineStarts[low], to: offset) + 1)
  }

  /// - Complexity: That of scanning a few kilobytes, however far apart the offsets are.
  private func scalarCount(from start: Int, to end: Int) -> Int {
    let first = (start + Self.blockSize - 1) / Self.blockSize
    let last = end / Self.blockSize
    guard first < last, last < scalarsBefore.count else {
      return Self.scalarCount(in: bytes[start..<end])
    }
    return Self.scalarCount(in: bytes[start..<first * Self.blockSize])
      + scalarsBefore[last] - scalarsBefore[first]
      + Self.scalarCount(in: bytes[last * Self.blockSize..<end])
  }
}
