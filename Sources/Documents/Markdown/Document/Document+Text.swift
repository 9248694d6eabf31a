import Diagnostics

/// Queries of the tree.
extension Document {
  /// The text of a node that has its own: text, code, HTML or an abbreviation.
  package func text(of index: Int) -> String {
    String(decoding: textBytes(of: index), as: UTF8.self)
  }

  func textBytes(of index: Int) -> ArraySlice<UInt8> { text[textRange(of: index)] }

  /// The range of the node's own text in the document's text.
  func textRange(of index: Int) -> Range<Int> {
    let node = nodes[index]
    return node.isText ? Int(node.first)..<Int(node.first + node.second) : 0..<0
  }

  /// The text of a node and its descendants without markup; formulas are included as TeX.
  package func plainText(of index: Int) -> String {
    var bytes: [UInt8] = []
    appendPlainText(of: index, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  func appendPlainText(of index: Int, to bytes: inout [UInt8]) {
    for at in index..<Int(nodes[index].end) {
      switch nodes[at].kind {
      case .text, .code, .abbreviation:
        for byte in textBytes(of: at) { bytes.append(byte == 0x0A ? 0x20 : byte) }
      case .html where nodes[index].kind == .image: bytes += textBytes(of: at)
      case .formula, .formulaBlock: bytes += formulas[Int(nodes[at].first)].tex.bytes
      case .inlineValue: bytes += inlineValues[Int(nodes[at].first)].expression.bytes
      case .codeBlock: bytes += codeBlocks[Int(nodes[at].first)].content.bytes
      case .lineBreak: bytes.append(0x20)
      case .paragraph, .heading, .tableCell, .term, .item:
        if let last = bytes.last, last != 0x20, last != 0x0A, at > index { bytes.append(0x20) }
      default: break
      }
    }
  }

  /// The indices of a node's children.
  package func children(of index: Int) -> [Int] {
    var children: [Int] = []
    var at = index + 1
    while at < Int(nodes[index].end) {
      children.append(at)
      at = Int(nodes[at].end)
    }
    return children
  }

  /// The attribute list of a node; `nil` if it has none.
  package func attributes(of index: Int) -> AttributeList? {
    let list = nodes[index].attributes
    return list >= 0 ? attributeLists[Int(list)] : nil
  }
}
