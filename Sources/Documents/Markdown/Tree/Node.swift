/// A node of a document's tree.
///
/// The tree is one array in document order: a node's descendants are those from the next index up
/// to ``end``. A tree of any depth can thus be copied, walked and freed without recursion, and
/// takes two allocations.
package struct Node: Hashable, Sendable {
  /// The kind of a node. Blocks come first, then inlines.
  package enum Kind: UInt8, Hashable, Sendable {
    // Blocks that contain blocks.
    case document, blockQuote, alert, list, item, definitionList, definition, footnote, htmlElement
    // Blocks that contain inlines.
    case paragraph, heading, term, tableCell, figure
    // Parts of tables.
    case table, tableHead, tableBody, tableFoot, tableRow
    // Blocks without children.
    case thematicBreak, codeBlock, htmlBlock, formulaBlock, tableOfContents, footnotePlace
    // Inlines that contain inlines.
    case emphasis, strong, strikethrough, link, image
    // Inlines without children.
    case text, lineBreak, code, html, formula, inlineValue, footnoteReference, abbreviation
    /// Nothing: a node that a transformation left empty.
    case none
  }

  /// The kind of the node.
  package internal(set) var kind: Kind
  /// Details that depend on the kind, such as a heading's level, the flags of a list or an item, a
  /// cell's alignment or an alert's kind; see `Node+Detail.swift`.
  var detail: UInt8 = 0
  /// The index after the node's last descendant.
  package internal(set) var end: Int32
  var start: UInt32
  var stop: UInt32
  /// Depending on the kind, the range of the node's text in the document's text, or an index into
  /// one of the document's lists.
  var first: Int32 = 0
  var second: Int32 = 0
  /// An index into the document's attribute lists; -1 for none.
  var attributes: Int32 = -1

  /// The range of the node, in UTF-8 offsets into the file.
  package var range: Range<Int> { Int(start)..<Int(max(start, stop)) }

  init(_ kind: Kind, _ range: Range<Int>, end: Int = 0) {
    self.kind = kind
    self.end = Int32(truncatingIfNeeded: end)
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    stop = UInt32(truncatingIfNeeded: range.upperBound)
  }
}

/// The alignment of a table column.
package enum ColumnAlignment: UInt8, Hashable, Sendable { case none, left, center, right }

/// The five kinds of alerts in GitHub's syntax.
package enum AlertKind: UInt8, Hashable, Sendable, CaseIterable {
  case note, tip, important, warning, caution

  /// The word in `[!NOTE]`, in lower case; also the class of the alert's element.
  package var name: String {
    switch self {
    case .note: "note"
    case .tip: "tip"
    case .important: "important"
    case .warning: "warning"
    case .caution: "caution"
    }
  }
}
