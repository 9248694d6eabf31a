/// The names and values that a template can use for one page.
struct PageContext {
  private(set) var values: TemplateMapping = [:]

  subscript(name: String) -> Any? {
    get { values[name] }
    set {
      precondition(Self.names.contains(name), "templates do not know `\(name)`")
      values[name] = newValue
    }
  }

  /// Sets a text unless it is empty: Mustache would show a section for an empty text.
  mutating func set(_ name: String, _ text: String?) {
    if let text, !text.isEmpty { self[name] = text }
  }

  /// Every name that a template may use, at any depth.
  static let names: Set<String> = [
    // The site and what every page has.
    "site", "title", "description", "language", "author", "footer", "base_url", "url", "navigation",
    "is_current", "root", "words", "feed_url", "search_url", "home_url", "canonical",
    "style_sheets", "scripts", "generator", "security_policy",
    // A page.
    "page_title", "title_html", "title_id", "kind", "content", "contents", "has_contents",
    "has_inline_contents", "numbers_headings", "date", "iso", "text", "updated", "categories",
    "tags", "name", "count", "is_draft", "breadcrumbs", "previous", "next", "neighbors",
    "neighbours",
    "is_dated", "groups", "group_title", "group_url", "entries", "has_list", "terms", "is_term",
    "extra", "inline_style", "target", "style", "search_index", "search_script", "reading",
    // Words.
    "skip", "home", "newer", "older", "all_articles", "draft", "menu", "theme", "search",
    "search_hint", "nothing_found", "needs_script", "not_found", "not_found_hint", "moved_to",
    "undated", "feed", "built",
    // Mustache's own.
    ".", "first", "last", "index", "",
  ]
}
