package import Diagnostics

/// An `nn` block of an article before it is parsed.
package struct NNBlock: Hashable, Sendable {
  package var file: SourceFile
  /// The fence's info string in the file: `nn`, or `nn` and an id.
  package var info: Range<Int>
  /// The text between the fences; each byte maps to its offset in the file.
  package var body: ExtractedText
  /// The id of a block without a fence.
  package var name: String?

  package init(file: SourceFile, info: Range<Int>, body: ExtractedText) {
    self.file = file
    self.info = info
    self.body = body
  }

  /// A block that is a whole file. Invalid UTF-8 is replaced by `?`, which keeps the offsets of
  /// diagnostics.
  package init(wholeOf file: SourceFile, name: String) {
    var bytes = file.bytes
    _ = bytes.replaceInvalidUTF8(with: UInt8(ascii: "?"))
    var body = ExtractedText()
    body.append(bytes, at: 0)
    self.init(file: file, info: 0..<0, body: body)
    self.name = name
  }
}
