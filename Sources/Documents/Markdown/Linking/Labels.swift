/// The words that rendering adds to an article, in the article's language.
package struct Labels: Hashable, Sendable {
  package var figure = "Figure"
  package var table = "Table"
  package var equation = "Equation"
  package var contents = "Contents"
  package var footnotes = "Footnotes"
  package var backToText = "Back to the text"
  package var copy = "Copy"
  package var linkToSection = "Link to this section"
  package var done = "done"
  package var open = "to do"
  /// By ``AlertKind``: note, tip, important, warning, caution.
  package var alerts = ["Note", "Tip", "Important", "Warning", "Caution"]
  package var mermaidNote = "A diagram in Mermaid's language, shown as its source."

  package init() {}

  package static let english = Labels()

  package static let chinese: Labels = {
    var labels = Labels()
    labels.figure = "图"
    labels.table = "表"
    labels.equation = "公式"
    labels.contents = "目录"
    labels.footnotes = "脚注"
    labels.backToText = "返回正文"
    labels.copy = "复制"
    labels.linkToSection = "本节链接"
    labels.done = "已完成"
    labels.open = "未完成"
    labels.alerts = ["注", "提示", "重要", "警告", "小心"]
    labels.mermaidNote = "Mermaid 图的源码。"
    return labels
  }()

  /// The labels for a BCP 47 language tag; English where there are none.
  package init(language: String) {
    self = language.lowercased().hasPrefix("zh") ? .chinese : .english
  }
}
