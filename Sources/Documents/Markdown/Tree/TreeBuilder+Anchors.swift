import Diagnostics

extension TreeBuilder {
  /// Records the ids, and the names of `a` elements, in HTML whose first byte is at `place` in the
  /// file.
  mutating func noteAnchors(in text: [UInt8], _ range: Range<Int>, at place: Int) {
    var at = range.lowerBound
    while at + 1 < range.upperBound {
      guard text[at] == UInt8(ascii: "<"), isLetter(text[at + 1]),
        let end = HTMLTag.openTagEnd(in: text, at: at, end: range.upperBound)
      else {
        at += 1
        continue
      }
      let isLink =
        end - at > 2 && lowercased(text[at + 1]) == UInt8(ascii: "a") && isWhitespace(text[at + 2])
      let id =
        HTMLTag.attribute("id", in: text, at..<end)
        ?? (isLink ? HTMLTag.attribute("name", in: text, at..<end) : nil)
      if let id, !id.isEmpty {
        let start = place + id.lowerBound - range.lowerBound
        document.anchors.append(
          Anchor(id: text.string(id), target: .other, range: start..<start + id.count))
      }
      at = end
    }
  }
}
