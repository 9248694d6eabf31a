import Diagnostics
import Storage

/// The pattern of output paths, from the configuration or an article's front matter.
enum PermalinkPattern: Hashable, Sendable {
  /// The source's own folder and name: `articles/relu.md` → `articles/relu/index.html`.
  case pretty
  /// Jekyll's pattern, such as `/:categories/:year/:month/:day/:title.html`.
  case pattern(String)

  /// Jekyll's names for its patterns.
  static let styles = [
    "pretty": "", "none": "/:categories/:title.html",
    "date": "/:categories/:year/:month/:day/:title.html",
    "ordinal": "/:categories/:year/:y_day/:title.html",
  ]

  static let placeholders = [
    "categories", "year", "month", "i_month", "day", "i_day", "short_year", "y_day", "hour",
    "minute", "second", "title", "slug", "path", "basename",
  ]

  /// The values of a pattern's placeholders.
  struct Facts {
    /// The source's path from the content folder, without its extension: `notes/2016-01-02-relu`.
    var path: String
    /// The last part of `path`, without a leading date: `relu`.
    var slug: String
    var categories: [String]
    var date: ArticleDate?
  }

  /// The output path from the site's root, without a leading slash.
  ///
  /// A pattern with a date falls back to ``pretty`` for an article without one.
  func outputPath(_ facts: Facts) -> String {
    guard case .pattern(let pattern) = self, let path = Self.expand(pattern, facts) else {
      return Self.pretty(facts.path)
    }
    return Self.outputPath(ofURL: path)
  }

  /// The file that a page's address names: `/about/` is `about/index.html`, `/a.html` is itself,
  /// and a last component without an extension is a folder.
  static func outputPath(ofURL url: String) -> String {
    let parts = url.split(separator: "/").filter { $0 != "." && $0 != ".." }
    guard let last = parts.last else { return "index.html" }
    let path = parts.joined(separator: "/")
    let isFile = !url.hasSuffix("/") && last.dropFirst().contains(".")
    return isFile ? path : path + "/index.html"
  }

  private static func pretty(_ path: String) -> String {
    let parts = path.split(separator: "/")
    if parts.last == "index" { return path + ".html" }
    return path == "404" ? "404.html" : path + "/index.html"
  }

  private static func expand(_ pattern: String, _ facts: Facts) -> String? {
    var result = ""
    var rest = pattern[...]
    while let colon = rest.firstIndex(of: ":") {
      result += rest[..<colon]
      rest = rest[rest.index(after: colon)...]
      let name = rest.prefix { $0 == "_" || $0.isLetter }
      // The longest placeholder that is a prefix of the word: `:year-:month`, `:title.html`.
      guard
        let known = placeholders.filter({ name.hasPrefix($0) }).max(by: { $0.count < $1.count })
      else { return nil }
      rest = rest.dropFirst(known.count)
      guard let text = value(of: known, facts) else { return nil }
      result += text
    }
    return result + rest
  }

  private static func value(of placeholder: String, _ facts: Facts) -> String? {
    let date = facts.date
    switch placeholder {
    case "categories": return facts.categories.map(slugified).joined(separator: "/")
    case "title", "slug": return facts.slug
    case "path": return facts.path
    case "basename": return facts.path.split(separator: "/").last.map(String.init) ?? facts.path
    case "year": return date.map { padded($0.year, 4) }
    case "short_year": return date.map { padded($0.year % 100, 2) }
    case "month": return date.map { padded($0.month, 2) }
    case "i_month": return date.map { String($0.month) }
    case "day": return date.map { padded($0.day, 2) }
    case "i_day": return date.map { String($0.day) }
    case "y_day": return date.map { padded($0.dayOfYear, 3) }
    case "hour": return date.map { padded($0.secondOfDay / 3600, 2) }
    case "minute": return date.map { padded($0.secondOfDay / 60 % 60, 2) }
    case "second": return date.map { padded($0.secondOfDay % 60, 2) }
    default: return nil
    }
  }
}

/// Converts a name to a path component: lowercase letters and digits of any script, with a single
/// hyphen in place of anything else.
func slugified(_ name: String) -> String {
  var slug = ""
  var needsHyphen = false
  for scalar in name.lowercased().unicodeScalars {
    if scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      || scalar.properties.generalCategory == .nonspacingMark
    {
      if needsHyphen, !slug.isEmpty { slug += "-" }
      needsHyphen = false
      slug.unicodeScalars.append(scalar)
    } else if scalar == "+" || scalar == "#" {
      // Keeps `C`, `C++` and `C#` distinct.
      slug += scalar == "+" ? "plus" : "sharp"
    } else {
      needsHyphen = true
    }
  }
  guard slug.utf8.count > 200 else { return slug.isEmpty ? "untitled" : slug }
  // File names have a maximum length; the digest keeps two long names distinct.
  while slug.utf8.count > 200 { slug.unicodeScalars.removeLast() }
  return slug + "-" + Digest(of: Array(name.utf8)).description.prefix(8)
}

func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension YAMLReader {
  mutating func permalink(_ value: Value) -> PermalinkPattern? {
    guard let text = optionalText(value, for: "permalink") else { return nil }
    if text == "pretty" { return .pretty }
    if let style = PermalinkPattern.styles[text] { return .pattern(style) }
    guard text.hasPrefix("/") else {
      let names = PermalinkPattern.styles.keys.sorted()
      return wrongType(
        value, "permalink",
        "an address such as `/about/`, or " + names.map { "`\($0)`" }.joined(separator: ", "))
    }
    for part in text.split(separator: "/") {
      guard let problem = OutputPath.problem(withPart: part) else { continue }
      report(.badAddress("permalink", problem, at: value.range, in: file.path))
      return nil
    }
    for word in text.split(separator: ":", omittingEmptySubsequences: false).dropFirst() {
      let name = word.prefix { $0 == "_" || $0.isLetter }
      guard PermalinkPattern.placeholders.contains(where: { name.hasPrefix($0) }) else {
        report(.unknownPlaceholder(String(name), at: value.range, in: file))
        return nil
      }
    }
    return .pattern(text)
  }
}

extension Diagnostic {
  fileprivate static func unknownPlaceholder(
    _ name: String, at range: Range<Int>, in file: SourceFile
  ) -> Diagnostic {
    Diagnostic(
      "permalink.unknown-placeholder", path: file.path, range: range,
      message: "`permalink` has no placeholder `:\(name)`",
      hint: nameHint(for: name, among: PermalinkPattern.placeholders))
  }
}
