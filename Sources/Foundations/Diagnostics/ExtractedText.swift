/// A text taken out of a file line by line (the body of a fenced block in a list, a front matter),
/// with the way back from its offsets to the file's.
package struct ExtractedText: Hashable, Sendable {
  /// A run of the text that stands in the file in one piece.
  private struct Piece: Hashable, Sendable {
    var textOffset: Int
    var fileOffset: Int
  }

  package private(set) var bytes: [UInt8] = []
  private var pieces: [Piece] = []

  package init() {}

  /// One piece of a file, as it stands.
  package init(_ range: Range<Int>, of file: SourceFile) {
    append(file.bytes[range], at: range.lowerBound)
  }

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Adds bytes that stand in the file from `fileOffset` on.
  package mutating func append(_ more: some Collection<UInt8>, at fileOffset: Int) {
    guard !more.isEmpty else { return }
    let continues =
      pieces.last.map { $0.fileOffset + bytes.count - $0.textOffset == fileOffset } ?? false
    if !continues { pieces.append(Piece(textOffset: bytes.count, fileOffset: fileOffset)) }
    bytes.append(contentsOf: more)
  }

  /// The file's offset of an offset in the text. The end of the text maps behind its last byte.
  package func fileOffset(of textOffset: Int) -> Int {
    guard let first = pieces.first else { return 0 }
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].textOffset <= textOffset { low = middle } else { high = middle }
    }
    let piece = high == 0 ? first : pieces[low]
    return piece.fileOffset + max(0, textOffset - piece.textOffset)
  }

  /// The file's range of a range in the text; what lies behind the text's end is left out.
  package func fileRange(of range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: 0..<bytes.count)
    let start = fileOffset(of: range.lowerBound)
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, fileOffset(of: range.upperBound - 1) + 1)
  }
}
