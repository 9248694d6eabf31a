/// The meaning of the bits of ``Node/detail``, by the node's kind.
extension Node {
  private subscript(bit mask: UInt8) -> Bool {
    get { detail & mask != 0 }
    set { detail = newValue ? detail | mask : detail & ~mask }
  }

  // MARK: Blocks

  /// For any kind, while blocks are parsed: whether the block's last line was blank.
  var endsBlank: Bool {
    get { self[bit: 0x80] }
    set { self[bit: 0x80] = newValue }
  }

  /// For ``Kind/none``, while blocks are parsed: whether the lines are link reference definitions.
  var isLinkDefinition: Bool {
    get { kind == .none && self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// For a heading: its level, from 1 to 6. Setting it clears everything else.
  var headingLevel: Int {
    get { Int(detail & 0x07) }
    set { detail = UInt8(newValue) }
  }

  /// For a paragraph: whether it is written without a `p` element.
  var isBare: Bool {
    get { self[bit: 0x20] }
    set { self[bit: 0x20] = newValue }
  }

  /// For a list or a table of contents: whether its items are numbered.
  var isOrdered: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// For a list: whether a blank line is between its items or within one, so that paragraphs show.
  var isLoose: Bool {
    get { self[bit: 0x40] }
    set { self[bit: 0x40] = newValue }
  }

  /// For a list item: whether it has a check box.
  var isTask: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// For a list item with a check box: whether the box is checked.
  var isDone: Bool {
    get { self[bit: 0x02] }
    set { self[bit: 0x02] = newValue }
  }

  /// For a definition: whether a blank line precedes it, so that its first paragraph shows.
  var isLooseDefinition: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// For an HTML element with Markdown content: whether that is text, without paragraphs.
  var holdsText: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// For a code block: whether it is fenced rather than indented.
  var isFenced: Bool {
    get { self[bit: 0x01] }
    set { self[bit: 0x01] = newValue }
  }

  /// For an alert: its kind. Setting it clears everything but ``endsBlank``.
  var alertKind: AlertKind {
    get { AlertKind(rawValue: detail & 0x07) ?? .note }
    set { detail = detail & 0x80 | newValue.rawValue }
  }

  /// For a table cell: the alignment of its column.
  var alignment: ColumnAlignment {
    get { ColumnAlignment(rawValue: detail & 0x03) ?? .none }
    set { detail = detail & ~0x03 | newValue.rawValue }
  }

  /// For a table cell: whether it is in the table's head.
  var isHeader: Bool {
    get { self[bit: 0x04] }
    set { self[bit: 0x04] = newValue }
  }

  // MARK: Inlines

  /// The form in which a link to an equation shows its number.
  enum EquationStyle: UInt8 {
    /// "Equation (3)": the link is not from a formula command.
    case named
    /// `\eqref`: "(3)".
    case parenthesized
    /// `\ref`: "3".
    case bare
  }

  /// For a link: how it shows the number of an equation.
  var equationStyle: EquationStyle {
    get { EquationStyle(rawValue: detail & 0x03) ?? .named }
    set { detail = detail & ~0x03 | newValue.rawValue }
  }
}
