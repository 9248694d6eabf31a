/// A text extracted from a file line by line, such as the body of a fenced block in a list or a
/// front matter. Each byte records its offset in the file.
package struct ExtractedText: Hashable, Sendable {
  /// A run of bytes that are contiguous in the file.
  private struct Piece: Hashable, Sendable {
    var textOffset: Int
    var fileOffset: Int
  }

  /// The text as UTF-8.
  package private(set) var bytes: [UInt8] = []
  private var pieces: [Piece] = []

  /// An empty text.
  package init() {}

  /// A contiguous part of a file.
  ///
  /// - Parameter range: UTF-8 offsets into the file.
  package init(_ range: Range<Int>, of file: SourceFile) {
    append(file.bytes[range], at: range.lowerBound)
  }

  /// A text that the program supplies in place of one in the file; all bytes have the same offset.
  package init(_ text: some StringProtocol, allAt fileOffset: Int) {
    append(text.utf8, allAt: fileOffset)
  }

  /// The bytes as text.
  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether the text has no bytes.
  package var isEmpty: Bool { bytes.isEmpty }

  /// Appends bytes that are contiguous in the file from `fileOffset` on.
  package mutating func append(_ more: some Collection<UInt8>, at fileOffset: Int) {
    guard !more.isEmpty else { return }
    let continues =
      pieces.last.map { $0.fileOffset + bytes.count - $0.textOffset == fileOffset } ?? false
    if !continues { pieces.append(Piece(textOffset: bytes.count, fileOffset: fileOffset)) }
    bytes.append(contentsOf: more)
  }

  /// Appends bytes that the program supplies; all of them have the same offset in the file.
  package mutating func append(_ more: some Collection<UInt8>, allAt fileOffset: Int) {
    for byte in more { append(CollectionOfOne(byte), at: fileOffset) }
  }

  /// Appends a text of the same file; its bytes keep their offsets.
  package mutating func append(_ other: ExtractedText) {
    append(other, 0..<other.bytes.count)
  }

  /// Appends a part of a text of the same file; its bytes keep their offsets.
  ///
  /// - Parameter range: Offsets into `other`.
  package mutating func append(_ other: ExtractedText, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    var start = range.lowerBound
    var piece = other.pieceIndex(of: start)
    while start < range.upperBound {
      let next =
        piece + 1 < other.pieces.count ? other.pieces[piece + 1].textOffset : range.upperBound
      let end = min(next, range.upperBound)
      let place = other.pieces[piece].fileOffset + start - other.pieces[piece].textOffset
      append(other.bytes[start..<end], at: place)
      start = end
      piece += 1
    }
  }

  /// A part of the text; its bytes keep their offsets in the file.
  package func slice(_ range: Range<Int>) -> ExtractedText {
    var slice = ExtractedText()
    slice.append(self, range)
    return slice
  }

  /// The text without white space at its ends.
  package var trimmed: ExtractedText {
    func isSpace(_ byte: UInt8) -> Bool { " \n\t\r".utf8.contains(byte) }
    guard let first = bytes.firstIndex(where: { !isSpace($0) }),
      let last = bytes.lastIndex(where: { !isSpace($0) })
    else { return ExtractedText() }
    return slice(first..<last + 1)
  }

  /// The file offset that corresponds to an offset in the text. The end of the text maps to the end
  /// of its last byte.
  ///
  /// - Complexity: Logarithmic in the number of contiguous runs.
  package func fileOffset(of textOffset: Int) -> Int {
    guard !pieces.isEmpty else { return 0 }
    let piece = pieces[pieceIndex(of: textOffset)]
    return piece.fileOffset + max(0, textOffset - piece.textOffset)
  }

  private func pieceIndex(of textOffset: Int) -> Int {
    var low = 0
    var high = pieces.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if pieces[middle].textOffset <= textOffset { low = middle } else { high = middle }
    }
    return low
  }

  /// The file range that corresponds to a range in the text, clamped to the text.
  package func fileRange(of range: Range<Int>) -> Range<Int> {
    let range = range.clamped(to: 0..<bytes.count)
    let start = fileOffset(of: range.lowerBound)
    guard !range.isEmpty else { return start..<start }
    return start..<max(start, fileOffset(of: range.upperBound - 1) + 1)
  }
}
