import DecimalText
import Localization
import Markup

extension DataTable {
  /// Indices of the rows that a page shows: all if few, otherwise evenly chosen, with the first and
  /// last.
  func shownRows(limit: Int) -> [Int] {
    let count = rowCount
    guard count > limit, limit > 1 else { return Array(0..<count) }
    return (0..<limit).map { $0 * (count - 1) / (limit - 1) }
  }

  /// The rows shown in a page: enough for an overview, few enough that pages with many figures stay
  /// small.
  func pageRows(limit: Int = 300) -> [Int] {
    shownRows(limit: max(16, min(101, limit / max(columns.count, 1))))
  }

  /// An HTML table whose first column contains row headers.
  ///
  /// - Parameter id: The id by which the page's script finds the chart's numbers.
  func html(id: String, caption: String, words: Words, limit: Int = 300) -> [UInt8] {
    var html = MarkupWriter()
    let rows = pageRows(limit: limit)
    html.raw("<table id=\"\(id)\">")
    var notes = caption
    if rows.count < rowCount {
      notes += (notes.isEmpty ? "" : " — ") + words(.rowsShown(shown: rows.count, total: rowCount))
    }
    if !notes.isEmpty { html.element("caption", text: notes) }
    html.raw("<thead><tr>")
    for column in columns {
      html.raw("<th scope=\"col\">")
      html.raw(Label(column.name).html)
      html.raw("</th>")
    }
    html.raw("</tr></thead><tbody>")
    for row in rows {
      html.raw("<tr>")
      for (index, column) in columns.enumerated() {
        html.raw(index == 0 ? "<th scope=\"row\">" : "<td>")
        switch column.values {
        case .numbers(let numbers):
          if row < numbers.count, !(isSparse && numbers[row].isNaN) {
            html.raw(NumberText.reading(numbers[row]))
          }
        case .texts(let texts):
          if row < texts.count { html.text(Label(texts[row]).plain) }
        }
        html.raw(index == 0 ? "</th>" : "</td>")
      }
      html.raw("</tr>")
    }
    html.raw("</tbody></table>")
    return html.bytes
  }

  /// The table as CSV (RFC 4180): names in the first line, numbers exact.
  package var csv: String { String(decoding: csvBytes, as: UTF8.self) }

  var csvBytes: [UInt8] {
    let count = rowCount
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count * columns.count * 12 + 64)
    bytes += columns.map { Self.field(Label($0.name).plain) }.joined(separator: ",").utf8
    bytes += [13, 10]
    for row in 0..<count {
      for (index, column) in columns.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        switch column.values {
        case .numbers(let numbers):
          if row < numbers.count, !(isSparse && numbers[row].isNaN) {
            Self.append(numbers[row], to: &bytes)
          }
        case .texts(let texts):
          if row < texts.count { bytes += Self.field(Label(texts[row]).plain).utf8 }
        }
      }
      bytes += [13, 10]
    }
    return bytes
  }

  /// Appends the text of ``shortest(_:)``, with a fast path for whole numbers, which are common in
  /// tables.
  private static func append(_ value: Double, to bytes: inout [UInt8]) {
    guard value >= 0, value < 1e15, value.sign == .plus, value == value.rounded(.down) else {
      bytes += shortest(value).utf8
      return
    }
    let start = bytes.count
    var rest = Int(clamped: value)
    repeat {
      bytes.append(UInt8(48 + rest % 10))
      rest /= 10
    } while rest > 0
    bytes[start...].reverse()
  }

  private static func field(_ text: String) -> String {
    guard text.contains(where: { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r\n" }) else {
      return text
    }
    return "\""
      + text.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
