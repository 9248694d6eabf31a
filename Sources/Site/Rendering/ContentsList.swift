import Markup

/// A table of contents as nested lists.
struct ContentsList {
  struct Item {
    var level: Int
    var id: String
    /// The heading's markup.
    var html: String
  }

  /// - Returns: An empty string if there is nothing to list.
  static func html(_ items: [Item]) -> String {
    guard let least = items.map(\.level).min() else { return "" }
    var writer = MarkupWriter()
    var open: [Int] = []
    for item in items {
      let level = max(item.level, least)
      if let top = open.last, level > top {
        writer.raw("<ol>")
        open.append(level)
      } else if open.isEmpty {
        writer.raw("<ol>")
        open.append(level)
      } else {
        while open.count > 1, let top = open.last, level < top, open[open.count - 2] >= level {
          writer.raw("</li></ol>")
          open.removeLast()
        }
        writer.raw("</li>")
      }
      writer.open("li")
      writer.open("a", ["href": "#" + PercentEncoding.encoded(item.id)])
      writer.raw(item.html)
      writer.close("a")
    }
    for _ in open { writer.raw("</li></ol>") }
    return writer.string
  }
}
