package import Diagnostics

/// An `nn` block as it stands in an article, unread.
package struct NNBlock: Hashable, Sendable {
  package var file: SourceFile
  /// The fence's info string in the file: `nn`, or `nn` and an id.
  package var info: Range<Int>
  /// What stands between the fences, with the way back to the file.
  package var body: ExtractedText
  /// The id of a block that no fence names.
  package var name: String?

  package init(file: SourceFile, info: Range<Int>, body: ExtractedText) {
    self.file = file
    self.info = info
    self.body = body
  }

  /// A block that no article holds: the whole of a file. What is not UTF-8 in it reads as `?`, so that
  /// the places of mistakes are the file's.
  package init(wholeOf file: SourceFile, name: String) {
    var bytes = file.bytes
    _ = bytes.replaceInvalidUTF8(with: UInt8(ascii: "?"))
    var body = ExtractedText()
    body.append(bytes, at: 0)
    self.init(file: file, info: 0..<0, body: body)
    self.name = name
  }
}
