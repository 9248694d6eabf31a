/// A node of a document's tree.
///
/// The tree is one array in the order in which a reader meets its nodes: a node's descendants are
/// those from the next index up to ``end``. So a tree of any depth is copied, walked and freed without
/// recursion, and takes two allocations.
package struct Node: Hashable, Sendable {
  /// What a node is; the order groups blocks, then inlines.
  package enum Kind: UInt8, Hashable, Sendable {
    // Blocks that hold blocks.
    case document, blockQuote, alert, list, item, definitionList, definition, footnote, htmlElement
    // Blocks that hold inlines.
    case paragraph, heading, term, tableCell, figure
    // Parts of tables.
    case table, tableHead, tableBody, tableFoot, tableRow
    // Blocks without children.
    case thematicBreak, codeBlock, htmlBlock, formulaBlock, tableOfContents, footnotePlace
    // Inlines that hold inlines.
    case emphasis, strong, strikethrough, link, image
    // Inlines without children.
    case text, lineBreak, code, html, formula, inlineValue, footnoteReference, abbreviation
    /// Nothing: a place that a transformation left empty.
    case none
  }

  /// What the node is.
  package internal(set) var kind: Kind
  /// By kind: a heading's level, a list's and an item's flags, a cell's alignment, an alert's kind; see
  /// `Node+Detail.swift` for its bits.
  var detail: UInt8 = 0
  /// The index after the node's last descendant.
  package internal(set) var end: Int32
  var start: UInt32
  var stop: UInt32
  /// By kind: where the node's text is in the document's text, or an index into one of its lists.
  var first: Int32 = 0
  var second: Int32 = 0
  /// An index into the document's attribute lists; -1 for none.
  var attributes: Int32 = -1

  /// Where the node is, in UTF-8 offsets into the file.
  package var range: Range<Int> { Int(start)..<Int(max(start, stop)) }

  init(_ kind: Kind, _ range: Range<Int>, end: Int = 0) {
    self.kind = kind
    self.end = Int32(truncatingIfNeeded: end)
    start = UInt32(truncatingIfNeeded: range.lowerBound)
    stop = UInt32(truncatingIfNeeded: range.upperBound)
  }
}

/// How a table's column is aligned.
package enum ColumnAlignment: UInt8, Hashable, Sendable { case none, left, center, right }

/// The five alerts that GitHub knows.
package enum AlertKind: UInt8, Hashable, Sendable, CaseIterable {
  case note, tip, important, warning, caution

  /// The word in `[!NOTE]`, in lower case; also the class that the alert's element carries.
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
