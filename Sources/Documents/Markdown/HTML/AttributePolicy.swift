/// The attributes that an author may give to an element where HTML is escaped.
///
/// It lists what is allowed, not what is refused: browsers gain new attributes. None of these runs a
/// script, loads anything, styles, names a global of the page's scripts other than by its id, or submits a
/// form. `data-…` is not among them, since the theme's own scripts read such attributes.
enum AttributePolicy {
  /// Ids and classes have a syntax of their own and are always allowed.
  static func allows(_ name: String) -> Bool { names.contains(name.lowercased()) }

  private static let names: Set<String> = [
    "abbr", "align", "alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby",
    "colspan", "datetime", "decoding", "dir", "headers", "height", "hreflang", "lang",
    "loading", "rel", "reversed", "role", "rowspan", "scope", "span", "start", "title",
    "translate", "type", "valign", "value", "width",
    // Attributes that this dialect reads and never writes as they are.
    "caption", "file", "highlight", "lines", "markdown", "numbers", "widths",
  ]
}
