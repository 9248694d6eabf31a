/// A table in comma-separated values, its first line the names of the columns.
///
/// Fields may be quoted (a quote within is doubled) and then contain commas and line ends. If the
/// first line has no comma, semicolons or tabs separate. Empty lines are skipped.
/// - Source: RFC 4180.
struct CSVTable: Hashable {
  struct Row: Hashable {
    /// The row's line in the file, from 1.
    var line: Int
    var fields: [String]
  }

  var header: [String]
  var rows: [Row]

  init(_ bytes: [UInt8]) throws(DataFileError) {
    try ReadingLimits.check(tableBytes: Self.size(of: bytes))
    var lines = try Self.rows(bytes)
    guard !lines.isEmpty else { throw DataFileError(nil, "the file is empty") }
    let first = lines.removeFirst()
    for (index, name) in first.fields.enumerated() {
      if name.isEmpty { throw DataFileError(.line(first.line), "column \(index + 1) has no name") }
      if let other = first.fields[..<index].firstIndex(of: name) {
        throw DataFileError(
          .line(first.line), "columns \(other + 1) and \(index + 1) are both named `\(name)`")
      }
    }
    for row in lines where row.fields.count != first.fields.count {
      throw DataFileError(
        .line(row.line),
        "\(row.fields.count) fields, but the first line names \(first.fields.count) columns")
    }
    header = first.fields
    rows = lines
    guard !rows.isEmpty else { throw DataFileError(.line(first.line), "no line follows the names") }
  }

  /// Approximate bytes of a table's fields, counted before any of them is allocated.
  private static func size(of bytes: [UInt8]) -> Quantity {
    var (fields, lines) = (1, 1)
    for byte in bytes {
      switch byte {
      case newline:
        lines += 1
        fields += 1
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"): fields += 1
      default: break
      }
    }
    return 32 * Quantity(fields) + 80 * Quantity(lines) + Quantity(bytes.count)
  }

  /// The number in a field.
  func number(_ row: Row, _ column: Int) throws(DataFileError) -> Double {
    let text = row.fields[column]
    guard let value = Double(text), value.isFinite else {
      throw DataFileError(
        .line(row.line),
        "column \(column + 1) (`\(header[column])`): "
          + (text.isEmpty ? "the number is missing" : "`\(text.prefix(40))` is not a number"))
    }
    return value
  }

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private static func rows(_ bytes: [UInt8]) throws(DataFileError) -> [Row] {
    var rest = bytes[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    let separator = separator(rest.prefix { $0 != newline })
    var rows: [Row] = []
    var line = 1
    while !rest.isEmpty {
      var row = Row(line: line, fields: [])
      var ends = false
      while !ends {
        let (field, isQuoted) = try field(&rest, separator, &line, row.fields.count + 1)
        row.fields.append(isQuoted ? field : trimmed(field))
        if rest.first == separator {
          rest = rest.dropFirst()
          continue
        }
        if rest.first == carriageReturn { rest = rest.dropFirst() }
        if rest.first == newline { rest = rest.dropFirst() }
        line += 1
        ends = true
      }
      if row.fields != [""] { rows.append(row) }
    }
    return rows
  }

  private static func separator(_ line: ArraySlice<UInt8>) -> UInt8 {
    for candidate in [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    where line.contains(candidate) { return candidate }
    return UInt8(ascii: ",")
  }

  /// One field; what follows it is a separator, a line's end or nothing.
  private static func field(
    _ rest: inout ArraySlice<UInt8>, _ separator: UInt8, _ line: inout Int, _ column: Int
  ) throws(DataFileError) -> (String, isQuoted: Bool) {
    guard rest.first == quote else {
      let text = rest.prefix { $0 != separator && $0 != newline && $0 != carriageReturn }
      rest = rest[text.endIndex...]
      return (String(decoding: text, as: UTF8.self), false)
    }
    let start = line
    var text: [UInt8] = []
    rest = rest.dropFirst()
    while let byte = rest.popFirst() {
      if byte == newline { line += 1 }
      if byte != quote {
        text.append(byte)
      } else if rest.first == quote {
        text.append(quote)
        rest = rest.dropFirst()
      } else {
        guard let next = rest.first else { return (String(decoding: text, as: UTF8.self), true) }
        guard next == separator || next == newline || next == carriageReturn else {
          throw DataFileError(.line(line), "column \(column): text after the closing quote")
        }
        return (String(decoding: text, as: UTF8.self), true)
      }
    }
    throw DataFileError(.line(start), "column \(column): the quote is never closed")
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let first = text.utf8.first, let last = text.utf8.last, isSpace(first) || isSpace(last)
    else { return text }
    let kept = text.utf8.drop(while: isSpace).reversed().drop(while: isSpace).reversed()
    return String(decoding: Array(kept), as: UTF8.self)
  }
}
