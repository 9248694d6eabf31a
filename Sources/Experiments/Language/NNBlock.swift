package import Diagnostics

/// An `nn` block as it stands in an article, unread.
package struct NNBlock: Hashable, Sendable {
  package var file: SourceFile
  /// The fence's info string in the file: `nn`, or `nn` and an id.
  package var info: Range<Int>
  /// What stands between the fences, with the way back to the file.
  package var body: ExtractedText

  package init(file: SourceFile, info: Range<Int>, body: ExtractedText) {
    self.file = file
    self.info = info
    self.body = body
  }
}
