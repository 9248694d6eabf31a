/// What the bits of ``Node/detail`` mean, by the node's kind.
extension Node {
  private subscript(bit mask: UInt8) -> Bool {
    get { detail & mask != 0 }
    set { detail = newValue ? detail | mask : detail & ~mask }
  }

  // MARK: Blocks

  /// While blocks are read, of any kind: the block's last line was blank.
  var endsBlank: Bool {
    get { self[bit: 0x80] }
    set { self[bit: 0x80] = newValue }
  }

  /// While blocks are read, of ``Kind/none``: the lines are link reference definitions.
  var isLinkDefinition: Bool {
    get { kind == .none && self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// Of a heading: from 1 to 6. Setting it clears everything else.
  var headingLevel: Int {
    get { Int(detail & 0x07) }
    set { detail = UInt8(newValue) }
  }

  /// Of a paragraph: it is written without a `p` element.
  var isBare: Bool {
    get { self[bit: 0x20] }
    set { self[bit: 0x20] = newValue }
  }

  /// Of a list or a table of contents: its items have numbers.
  var isOrdered: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// Of a list: a blank line is between its items or within one, so that paragraphs are shown.
  var isLoose: Bool {
    get { self[bit: 0x40] }
    set { self[bit: 0x40] = newValue }
  }

  /// Of a list's item: it has a check box.
  var isTask: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// Of a list's item with a check box: the box is checked.
  var isDone: Bool {
    get { self[bit: 0x02] }
    set { self[bit: 0x02] = newValue }
  }

  /// Of a definition: a blank line is before it, so that its first paragraph is shown.
  var isLooseDefinition: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// Of an HTML element with Markdown in it: its content is text, without paragraphs.
  var holdsText: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// Of a code block: it has fences, and is not indented.
  var isFenced: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// Of an alert. Setting it clears everything but ``endsBlank``.
  var alertKind: AlertKind {
    get { AlertKind(rawValue: detail & 0x07) ?? .note }
    set { detail = detail & 0x80 | newValue.rawValue }
  }

  /// Of a table's cell: how its column is aligned.
  var alignment: ColumnAlignment {
    get { ColumnAlignment(rawValue: detail & 0x03) ?? .none }
    set { detail = detail & ~0x03 | newValue.rawValue }
  }

  /// Of a table's cell: it is in the table's head.
  var isHeader: Bool {
    get { self[bit: 0x04] }
    set { self[bit: 0x04] = newValue }
  }

  // MARK: Inlines

  /// How a link that refers to an equation shows its number.
  enum EquationStyle: UInt8 {
    /// The link is not from a formula's command: "Equation (3)".
    case named
    /// `\eqref`: "(3)".
    case parenthesized
    /// `\ref`: "3".
    case bare
  }

  /// Of a link.
  var equationStyle: EquationStyle {
    get { EquationStyle(rawValue: detail & 0x03) ?? .named }
    set { detail = detail & ~0x03 | newValue.rawValue }
  }
}
