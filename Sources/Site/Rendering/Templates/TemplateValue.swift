import Mustache

/// A mapping of names to values for templates. It renders as empty text: a dictionary would render
/// in a different order in each build, and with values that are not meant for the page.
///
/// Mustache casts every value to several protocols, which takes longer for a generic type such as a
/// dictionary.
struct TemplateMapping: MustacheParent, MustacheCustomRenderable, MustacheTransformable,
  ExpressibleByDictionaryLiteral
{
  private var values: [String: Any]

  init(_ values: [String: Any]) { self.values = values.mapValues(templateValue) }

  init(dictionaryLiteral elements: (String, Any)...) {
    values = Dictionary(elements.map { ($0.0, templateValue($0.1)) }) { _, last in last }
  }

  subscript(name: String) -> Any? {
    get { values[name] }
    set { values[name] = newValue.map(templateValue) }
  }

  func child(named name: String) -> Any? { values[name] }

  var renderText: String { "" }
  var isNull: Bool { false }

  /// The functions of Mustache's own mappings, in the order of the keys.
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

/// A list for templates: a section is repeated for each item. It renders as empty text.
struct TemplateList: MustacheSequence, MustacheCustomRenderable, MustacheTransformable {
  private let items: [Any]

  init(_ items: [Any]) { self.items = items.map(templateValue) }

  func makeIterator() -> IndexingIterator<[Any]> { items.makeIterator() }

  var renderText: String { "" }
  var isNull: Bool { false }

  /// The functions of Mustache's own lists.
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

/// Converts the mappings and lists in a value to the types for templates.
private func templateValue(_ value: Any) -> Any {
  if value is String || value is Bool || value is TemplateMapping { return value }
  if let mapping = value as? [String: Any] { return TemplateMapping(mapping) }
  if let list = value as? [Any] { return TemplateList(list) }
  return value
}
