import Diagnostics
import Experiments
import Markdown
import Storage

extension Configuration {
  static let path = "sitegen.yml"

  private static let keys = [
    "title", "description", "base_url", "language", "author", "content", "permalink", "navigation",
    "footer", "math", "highlight", "markdown", "taxonomies", "feed", "search", "front_matter",
    "cache", "nn",
  ]

  /// Reads `sitegen.yml`. Every mistake is reported; an invalid value keeps its default, so that
  /// the build can go on and report further mistakes.
  init(reading file: SourceFile, diagnostics: inout [Diagnostic]) {
    self.init()
    var yaml = YAMLReader(
      ExtractedText(0..<file.bytes.count, of: file), of: file, idPrefix: "config")
    for entry in yaml.root() { read(entry, &yaml) }
    diagnostics += yaml.diagnostics
  }

  private mutating func read(_ entry: YAMLReader.Entry, _ yaml: inout YAMLReader) {
    let value = entry.value
    let key = entry.key
    switch key {
    case "title": title = yaml.optionalText(value, for: key) ?? title
    case "description": description = yaml.optionalText(value, for: key) ?? description
    case "base_url": baseURL = yaml.baseURL(value) ?? baseURL
    case "language": statedLanguage = yaml.language(value, for: key)
    case "author": author = yaml.author(value) ?? author
    case "content": content = yaml.folder(value, for: key) ?? content
    case "permalink": permalink = yaml.permalink(value) ?? permalink
    case "navigation": navigation = yaml.navigation(value)
    case "footer": footer = yaml.optionalText(value, for: key) ?? footer
    case "math": readMathematics(value, &yaml)
    case "highlight": highlightsCode = yaml.flag(value, for: key) ?? highlightsCode
    case "markdown": readDialect(value, &yaml)
    case "taxonomies": hasTaxonomies = yaml.flag(value, for: key) ?? hasTaxonomies
    case "feed": hasFeed = yaml.flag(value, for: key) ?? hasFeed
    case "search": hasSearch = yaml.flag(value, for: key) ?? hasSearch
    case "front_matter":
      extraKeys = yaml.texts(value, for: key, splitting: false)?.map { $0.0 } ?? []
    case "cache": readCache(value, &yaml)
    case "nn": readExperiments(value, &yaml)
    default: yaml.unknownKey(entry, among: Self.keys)
    }
  }

  private mutating func readMathematics(_ value: YAMLReader.Value, _ yaml: inout YAMLReader) {
    for entry in yaml.entries(of: value, called: "math") ?? [] {
      switch entry.key {
      case "single_dollar":
        mathematics.allowsSingleDollar = yaml.flag(entry.value, for: entry.key) ?? false
      case "macros":
        for macro in yaml.entries(of: entry.value, called: "macros") ?? [] {
          mathematics.macros[macro.key] = yaml.text(macro.value, for: macro.key)
        }
      default: yaml.unknownKey(entry, among: ["single_dollar", "macros"])
      }
    }
  }

  private mutating func readDialect(_ value: YAMLReader.Value, _ yaml: inout YAMLReader) {
    for entry in yaml.entries(of: value, called: "markdown") ?? [] {
      let value = entry.value
      switch entry.key {
      case "kramdown_ids": dialect.addsKramdownIDs = yaml.flag(value, for: entry.key) ?? false
      case "smart": dialect.smartPunctuation = yaml.flag(value, for: entry.key) ?? false
      case "html":
        // An unknown value is reported, and counts as the stricter of the two.
        dialect.html = yaml.choice(value, for: entry.key) ?? .escape
      case "toc_levels":
        if let levels = yaml.levels(value, for: entry.key) { dialect.contentsLevels = levels }
      case "number_headings": dialect.numbersHeadings = yaml.flag(value, for: entry.key) ?? false
      default:
        yaml.unknownKey(
          entry, among: ["kramdown_ids", "smart", "html", "toc_levels", "number_headings"])
      }
    }
  }

  private mutating func readExperiments(_ value: YAMLReader.Value, _ yaml: inout YAMLReader) {
    for entry in yaml.entries(of: value, called: "nn") ?? [] {
      let value = entry.value
      switch entry.key {
      case "echo": experiments.echo = yaml.choice(value, for: "echo") ?? experiments.echo
      case "width": experiments.width = yaml.integer(value, for: "width", in: 120...4000)
      case "height": experiments.height = yaml.integer(value, for: "height", in: 60...4000)
      case "limit": experiments.limit = yaml.count(value, for: "limit") ?? experiments.limit
      case "build_limit":
        experiments.buildLimit = yaml.count(value, for: "build_limit") ?? experiments.buildLimit
      case "article_limit":
        experiments.articleLimit =
          yaml.count(value, for: "article_limit") ?? experiments.articleLimit
      case "memory": experiments.memory = yaml.size(value, for: "memory") ?? experiments.memory
      default:
        yaml.unknownKey(
          entry,
          among: [
            "echo", "width", "height", "limit", "article_limit", "build_limit", "memory",
          ])
      }
    }
  }

  private mutating func readCache(_ value: YAMLReader.Value, _ yaml: inout YAMLReader) {
    for entry in yaml.entries(of: value, called: "cache") ?? [] {
      switch entry.key {
      case "limit": cacheLimitBytes = yaml.size(entry.value, for: "limit") ?? cacheLimitBytes
      default: yaml.unknownKey(entry, among: ["limit"])
      }
    }
  }
}

extension YAMLReader {
  fileprivate mutating func baseURL(_ value: Value) -> String? {
    guard let text = optionalText(value, for: "base_url") else { return nil }
    guard text.hasPrefix("https://") || text.hasPrefix("http://"), !text.contains(" ") else {
      return wrongType(value, "base_url", "an address such as `https://example.org/notes/`")
    }
    return text.hasSuffix("/") ? text : text + "/"
  }

  mutating func language(_ value: Value, for key: String) -> String? {
    guard let text = text(value, for: key) else { return nil }
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isTag = parts.allSatisfy {
      (1...8).contains($0.utf8.count)
        && $0.utf8.allSatisfy { byte in
          (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
    }
    guard isTag, parts[0].utf8.count >= 2 else {
      return wrongType(value, key, "a language tag such as `en` or `zh-Hans`")
    }
    return text
  }

  fileprivate mutating func author(_ value: Value) -> Configuration.Author? {
    if isScalar(value) {
      return optionalText(value, for: "author").map { Configuration.Author(name: $0) }
    }
    guard let entries = entries(of: value, called: "author") else { return nil }
    var author = Configuration.Author()
    for entry in entries {
      switch entry.key {
      case "name": author.name = text(entry.value, for: "name") ?? ""
      case "email": author.email = optionalText(entry.value, for: "email")
      case "url": author.url = optionalText(entry.value, for: "url")
      default: unknownKey(entry, among: ["name", "email", "url"])
      }
    }
    return author
  }

  /// A folder within the root.
  fileprivate mutating func folder(_ value: Value, for key: String) -> String? {
    guard let text = text(value, for: key) else { return nil }
    let parts = text.split(separator: "/").filter { $0 != "." }
    guard !parts.contains(".."), !text.hasPrefix("/"),
      !parts.contains(where: { FileSystem.isHidden($0) })
    else {
      return wrongType(value, key, "a folder within the site's root")
    }
    return parts.joined(separator: "/")
  }

  fileprivate mutating func navigation(_ value: Value) -> [Configuration.NavigationItem] {
    (list(value, for: "navigation") ?? []).compactMap { item in
      guard let entries = entries(of: item, called: "an item of `navigation`") else { return nil }
      var title: String?
      var link: (String, Range<Int>)?
      for entry in entries {
        switch entry.key {
        case "title": title = text(entry.value, for: "title")
        case "link": link = text(entry.value, for: "link").map { ($0, entry.value.range) }
        default: unknownKey(entry, among: ["title", "link"])
        }
      }
      guard let title, let link else {
        return wrongType(item, "an item of `navigation`", "a `title` and a `link`")
      }
      return .init(title: title, link: link.0, linkRange: link.1)
    }
  }

  /// Heading levels: `2..3`, or one number.
  fileprivate mutating func levels(_ value: Value, for key: String) -> ClosedRange<Int>? {
    guard let text = text(value, for: key) else { return nil }
    let ends = text.replacing("..", with: " ").split(separator: " ").map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends.first!, let last = ends.last!,
      first <= last, (1...6).contains(first), (1...6).contains(last)
    else { return wrongType(value, key, "levels from 1 to 6 such as `2..3`") }
    return first...last
  }

  /// A number of operations: `2e11`.
  fileprivate mutating func count(_ value: Value, for key: String) -> Double? {
    guard let text = text(value, for: key) else { return nil }
    guard let number = Double(text), number > 0, number.isFinite else {
      return wrongType(value, key, "a number above 0 such as `2e11`")
    }
    return number
  }

  /// Bytes: `500 MB`, `2 GB`.
  fileprivate mutating func size(_ value: Value, for key: String) -> Int? {
    guard let text = text(value, for: key) else { return nil }
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count).drop { $0 == " " }.lowercased()
    let factors = ["": 1, "b": 1, "kb": 1_000, "mb": 1_000_000, "gb": 1_000_000_000]
    guard let number = Int(digits), let factor = factors[unit],
      case let (bytes, overflow) = number.multipliedReportingOverflow(by: factor), !overflow
    else { return wrongType(value, key, "a size such as `500 MB`") }
    return bytes
  }
}
