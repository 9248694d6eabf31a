/// The words of the templates themselves, in the language of the page.
struct Words: Sendable {
  var skip = "Skip to the text"
  var contents = "On this page"
  var home = "Home"
  var previous = "Previous"
  var next = "Next"
  var newer = "Newer"
  var older = "Older"
  var categories = "Categories"
  var tags = "Tags"
  var allArticles = "All articles"
  var updated = "Updated"
  var draft = "Draft"
  var menu = "Menu"
  var theme = "Light or dark"
  var search = "Search"
  var searchHint = "Words to look for"
  var nothingFound = "Nothing found."
  var needsScript = "The search needs JavaScript; the lists of articles do without."
  var notFound = "There is no such page"
  var notFoundHint = "It may have moved, or the address may be mistyped."
  var movedTo = "This page has moved to"
  var undated = "Without a date"
  var feed = "Feed"
  var built = "Built with sitegen: every figure on these pages was computed while they were built."

  static let chinese: Words = {
    var words = Words()
    words.skip = "跳到正文"
    words.contents = "本页目录"
    words.home = "首页"
    words.previous = "上一篇"
    words.next = "下一篇"
    words.newer = "较新"
    words.older = "较早"
    words.categories = "分类"
    words.tags = "标签"
    words.allArticles = "全部文章"
    words.updated = "更新于"
    words.draft = "草稿"
    words.menu = "菜单"
    words.theme = "明暗切换"
    words.search = "搜索"
    words.searchHint = "要查找的词"
    words.nothingFound = "没有找到。"
    words.needsScript = "搜索需要 JavaScript；文章列表则不需要。"
    words.notFound = "没有这个页面"
    words.notFoundHint = "它可能已经移走，或者地址有误。"
    words.movedTo = "本页已移至"
    words.undated = "无日期"
    words.feed = "订阅"
    words.built = "由 sitegen 生成：页面中的每一幅图都在构建时计算得出。"
    return words
  }()

  /// The words for a language tag; English where there are none.
  init(language: String) {
    self = Self.isChinese(language) ? .chinese : Words()
  }

  private init() {}

  static func isChinese(_ language: String) -> Bool { language.lowercased().hasPrefix("zh") }

  /// A day as people write it: `31 January 2016`, `2016年1月31日`.
  static func day(_ date: ArticleDate, language: String) -> String {
    if isChinese(language) { return "\(date.year)年\(date.month)月\(date.day)日" }
    guard language.lowercased().hasPrefix("en") else { return date.isoDay }
    let months = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September",
      "October", "November", "December",
    ]
    return "\(date.day) \(months[date.month - 1]) \(date.year)"
  }

  /// The values that templates find under `words`.
  var context: TemplateMapping {
    [
      "skip": skip, "contents": contents, "home": home, "previous": previous, "next": next,
      "newer": newer, "older": older, "categories": categories, "tags": tags,
      "all_articles": allArticles, "updated": updated, "draft": draft, "menu": menu,
      "theme": theme, "search": search, "search_hint": searchHint,
      "nothing_found": nothingFound, "needs_script": needsScript, "not_found": notFound,
      "not_found_hint": notFoundHint, "moved_to": movedTo, "undated": undated, "feed": feed,
      "built": built,
    ]
  }
}
