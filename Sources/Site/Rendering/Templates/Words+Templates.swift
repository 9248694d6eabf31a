import Localization

extension Words {
  /// The phrases that templates find under `words`, keyed by the name there.
  private static let templatePhrases: [String: Phrase] = [
    "skip": .skipToText,
    "contents": .onThisPage,
    "home": .home,
    "previous": .previous,
    "next": .next,
    "newer": .newer,
    "older": .older,
    "categories": .categories,
    "tags": .tags,
    "all_articles": .allArticles,
    "updated": .updated,
    "draft": .draft,
    "menu": .menu,
    "theme": .themeSwitch,
    "search": .search,
    "search_hint": .searchHint,
    "nothing_found": .nothingFound,
    "needs_script": .searchNeedsScript,
    "not_found": .notFound,
    "not_found_hint": .notFoundHint,
    "moved_to": .movedTo,
    "undated": .undated,
    "feed": .feed,
    "built": .builtWith,
  ]

  var templateContext: [String: Any] { Self.templatePhrases.mapValues { self($0) } }
}

extension ArticleDate {
  /// The day as it is written in a language; in ISO 8601 form for a language without phrases.
  func text(in language: String) -> String {
    Words.matching(language)?.day(year: year, month: month, day: day) ?? isoDay
  }
}
