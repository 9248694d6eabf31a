/// The templates, style sheets and scripts of this folder, as every site has them that lacks its own.
package enum Theme {
  /// The files' bytes by their paths from the folder, ordered by path.
  package static var files: [(path: String, bytes: [UInt8])] {
    [
      ("article-facts.html", PackageResources.article_facts_html),
      ("article.html", PackageResources.article_html),
      ("assets/code.css", PackageResources.code_css),
      ("assets/code.js", PackageResources.code_js),
      ("assets/figures.css", PackageResources.figures_css),
      ("assets/figures.js", PackageResources.figures_js),
      ("assets/search.js", PackageResources.search_js),
      ("assets/style.css", PackageResources.style_css),
      ("assets/theme.js", PackageResources.theme_js),
      ("base.html", PackageResources.base_html),
      ("breadcrumbs.html", PackageResources.breadcrumbs_html),
      ("entries.html", PackageResources.entries_html),
      ("list.html", PackageResources.list_html),
      ("not-found.html", PackageResources.not_found_html),
      ("redirect.html", PackageResources.redirect_html),
      ("search.html", PackageResources.search_html),
      ("taxonomy.html", PackageResources.taxonomy_html),
    ]
  }
}
