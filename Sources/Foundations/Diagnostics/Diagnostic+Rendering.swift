extension Diagnostic {
  /// The diagnostic as text, in the usual format of compilers, which editors understand:
  ///
  ///     content/training.md:14:9: error: no activation is named `leakyrelu` [nn.unknown-name]
  ///     14 | train: [dense 16, leakyrelu, dense 1]
  ///        |                   ^~~~~~~~~
  ///        = hint: did you mean `leaky_relu`?
  ///
  /// - Parameters:
  ///   - colored: Whether to use terminal colors.
  ///   - file: Returns a file, if it can still be read; otherwise only its path is shown.
  /// - Returns: Lines that each end in a newline.
  package func rendered(
    colored: Bool = false, file: (_ path: String) -> SourceFile?
  ) -> String {
    let style = TerminalStyle(colored: colored)
    var text = Self.place(path, range, file(path)) + ": "
    text += severity == .error ? style.red("error") : style.yellow("warning")
    text += ": " + style.bold(Self.printable(message)) + " [\(id.rawValue)]\n"
    var gutter = 2
    if let range, let source = file(path) {
      let (excerpt, width) = Self.excerpt(range, in: source, style)
      text += excerpt
      gutter = width
    }
    let indent = String(repeating: " ", count: gutter)
    if let hint { text += "\(indent) = \(style.cyan("hint")): \(Self.printable(hint))\n" }
    for note in notes {
      text += Self.place(note.path, note.range, file(note.path))
      text += ": \(style.cyan("note")): \(Self.printable(note.message))\n"
    }
    return text
  }

  private static func place(_ path: String, _ range: Range<Int>?, _ source: SourceFile?) -> String {
    let path = printable(path)
    guard let range, let source else { return path }
    let (line, column) = source.position(of: range.lowerBound)
    return "\(path):\(line):\(column)"
  }

  /// An excerpt of the line on which `range` starts, with the range underlined and a long line cut
  /// to a window around it; and the width of the line number.
  private static func excerpt(
    _ range: Range<Int>, in source: SourceFile, _ style: TerminalStyle
  ) -> (String, gutter: Int) {
    let (line, _) = source.position(of: range.lowerBound)
    let lineRange = source.lineRange(line)
    let start = min(max(range.lowerBound, lineRange.lowerBound), lineRange.upperBound)
    let end = max(start, min(range.upperBound, lineRange.upperBound))
    // A scalar has at most four bytes, so this many bytes hold all that may be shown of a line.
    let window = 4 * 100
    var before = scalars(
      in: source, max(lineRange.lowerBound, start - window)..<start, dropsFirst: true)
    var marked = scalars(in: source, start..<min(end, start + window), dropsFirst: false)
    var after = scalars(
      in: source, end..<min(lineRange.upperBound, end + window), dropsFirst: false)
    if before.count > 60 { before = Array("…".unicodeScalars) + before.suffix(50) }
    if marked.count > 80 { marked = Array(marked.prefix(80)) }
    if after.count > 60 { after = after.prefix(50) + Array("…".unicodeScalars) }

    let number = String(line)
    let blank = String(repeating: " ", count: number.count)
    var lead = ""
    for scalar in before { lead += scalar == "\t" ? "\t" : padding(scalar) }
    let width = max(1, marked.reduce(0) { $0 + columns(of: $1) })
    let marks = "^" + String(repeating: "~", count: width - 1)
    let text = printable(before + marked + after)
    return (
      "\(number) | \(text)\n\(blank) | \(lead)\(style.red(marks))\n", number.count
    )
  }

  /// The scalars of a byte range that may start or end inside a scalar.
  private static func scalars(
    in source: SourceFile, _ range: Range<Int>, dropsFirst: Bool
  ) -> [Unicode.Scalar] {
    var range = range
    while dropsFirst, let first = range.first, source.bytes[first] & 0b1100_0000 == 0b1000_0000 {
      range.removeFirst()
    }
    return Array(source.text(range).unicodeScalars)
  }

  /// The text with control characters replaced, so that none from an article reaches the terminal.
  private static func printable(_ text: String) -> String {
    printable(Array(text.unicodeScalars))
  }

  private static func printable(_ scalars: [Unicode.Scalar]) -> String {
    var text = String.UnicodeScalarView()
    for scalar in scalars { text.append(isUnprintable(scalar) ? "\u{FFFD}" : scalar) }
    return String(text)
  }

  /// Whether a scalar must not reach a terminal: control characters can move the cursor or worse,
  /// and bidirectional controls can disguise one text as another.
  private static func isUnprintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 9: false
    case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
    default: scalar.properties.generalCategory == .control
    }
  }

  private static func padding(_ scalar: Unicode.Scalar) -> String {
    String(repeating: " ", count: columns(of: scalar))
  }

  /// The number of terminal columns that a scalar takes: two for wide East Asian characters, none
  /// for combining marks.
  package static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F, 0xFF00...0xFF60,
      0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default:
      return 1
    }
  }
}

/// The few terminal styles that messages use.
package struct TerminalStyle: Sendable {
  /// Whether to add escape sequences; otherwise texts are returned unchanged.
  package var colored: Bool

  package init(colored: Bool) { self.colored = colored }

  /// Bold.
  package func bold(_ text: String) -> String { wrap(text, "1") }
  /// Bold red, for errors.
  package func red(_ text: String) -> String { wrap(text, "1;31") }
  /// Bold yellow, for warnings.
  package func yellow(_ text: String) -> String { wrap(text, "1;33") }
  /// Cyan, for hints and notes.
  package func cyan(_ text: String) -> String { wrap(text, "36") }

  private func wrap(_ text: String, _ code: String) -> String {
    colored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
