/// The attributes that an author may give to an element where HTML is escaped.
///
/// This is a list of what is allowed rather than of what is refused, because browsers gain new
/// attributes. None of these runs a script, loads anything, changes styles, names a global of the
/// page's scripts other than by its id, or submits a form. `data-…` is not allowed, because the
/// theme's own scripts read such attributes.
enum AttributePolicy {
  /// Ids and classes have a syntax of their own and are always allowed.
  static func allows(_ name: String) -> Bool { names.contains(name.lowercased()) }

  private static let names: Set<String> = [
    "abbr", "align", "alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby",
    "colspan", "datetime", "decoding", "dir", "headers", "height", "hreflang", "lang",
    "loading", "rel", "reversed", "role", "rowspan", "scope", "span", "start", "title",
    "translate", "type", "valign", "value", "width",
    // Attributes that the dialect itself consumes; they are never written as they are.
    "caption", "file", "highlight", "lines", "markdown", "numbers", "widths",
  ]
}
