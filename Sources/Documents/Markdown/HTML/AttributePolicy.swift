/// Which attributes an author may give to an element where HTML is escaped.
///
/// A list of what is let through, not of what is not: browsers learn new attributes. None of these runs
/// a script, loads anything, styles, names a global of the page's scripts other than by its id, or
/// submits a form. `data-…` is not among them, since the theme's own scripts read such.
enum AttributePolicy {
  /// Ids and classes have forms of their own and are always let through.
  static func lets(_ name: String) -> Bool { names.contains(name.lowercased()) }

  private static let names: Set<String> = [
    "abbr", "align", "alt", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby",
    "colspan", "datetime", "decoding", "dir", "headers", "height", "hreflang", "lang",
    "loading", "rel", "reversed", "role", "rowspan", "scope", "span", "start", "title",
    "translate", "type", "valign", "value", "width",
    // What this dialect reads and never writes as it stands.
    "caption", "file", "highlight", "lines", "markdown", "numbers", "widths",
  ]
}
