import Mustache

/// A mapping as templates find it. Its names lead to its values; itself it is no text, and shows as
/// nothing: a dictionary would show in another order in each build, and with what a page does not
/// mean to show.
struct TemplateMapping: MustacheParent, MustacheCustomRenderable, MustacheTransformable {
  private let values: [String: Any]

  init(_ values: [String: Any]) { self.values = values.mapValues(templateValue) }

  func child(named name: String) -> Any? { values[name] }

  var renderText: String { "" }
  var isNull: Bool { false }

  /// What Mustache's own mappings can be asked, in the order of their keys.
  func transform(_ name: String) -> Any? {
    switch name {
    case "count": values.count
    case "empty": values.isEmpty
    case "enumerated", "sorted":
      TemplateList(
        values.sorted { $0.key < $1.key }.map {
          TemplateMapping(["key": $0.key, "value": $0.value])
        })
    default: nil
    }
  }
}

/// A list as templates find it: a section repeats for each item; itself it is no text.
struct TemplateList: MustacheSequence, MustacheCustomRenderable, MustacheTransformable {
  private let items: [Any]

  init(_ items: [Any]) { self.items = items.map(templateValue) }

  func makeIterator() -> IndexingIterator<[Any]> { items.makeIterator() }

  var renderText: String { "" }
  var isNull: Bool { false }

  /// What Mustache's own lists can be asked.
  func transform(_ name: String) -> Any? {
    switch name {
    case "count": items.count
    case "empty": items.isEmpty
    case "first": items.first
    case "last": items.last
    case "reversed": TemplateList(items.reversed())
    case "sorted": (items as? [String]).map { TemplateList($0.sorted()) }
    default: nil
    }
  }
}

/// A value with its mappings and lists as templates find them.
private func templateValue(_ value: Any) -> Any {
  if value is String || value is Bool { return value }
  if let mapping = value as? [String: Any] { return TemplateMapping(mapping) }
  if let list = value as? [Any] { return TemplateList(list) }
  return value
}
