package import Diagnostics

/// The parsed body of an article: a tree of nodes with their positions in the file, and lists of
/// the elements that other targets need.
///
/// Parsing is a pure function of the file and the options, takes time linear in the file's length
/// and never fails: an author's mistakes are in ``diagnostics``.
package struct Document: Sendable {
  /// The article's file, to which all ranges refer.
  package let file: SourceFile
  /// The dialect in which it was parsed.
  package let options: MarkdownOptions
  /// The tree, in the layout that ``Node`` describes. The first node is the document's.
  package internal(set) var nodes: [Node] = []
  /// The text of all nodes that have text of their own.
  var text: [UInt8] = []
  var attributeLists: [AttributeList] = []

  /// The headings, in text order.
  package internal(set) var headings: [Heading] = []
  /// The formulas, in text order.
  package internal(set) var formulas: [Formula] = []
  /// The code blocks, in text order.
  package internal(set) var codeBlocks: [CodeBlock] = []
  /// The code spans that name results, in text order.
  package internal(set) var inlineValues: [InlineValue] = []
  /// The footnotes, in the order of their numbers.
  package internal(set) var footnotes: [Footnote] = []
  /// The footnotes that are used, in the order of their numbers.
  var footnoteOrder: [Int] = []
  /// The links and images, in text order.
  package internal(set) var links: [Link] = []
  /// The ids on the page that the article itself defines, in text order. The site knows the ids
  /// that experiments add.
  package internal(set) var anchors: [Anchor] = []
  /// The diagnostics of parsing and linking.
  package internal(set) var diagnostics: [Diagnostic] = []

  /// Parses an article.
  ///
  /// - Parameters:
  ///   - file: The file; it need not be valid UTF-8.
  ///   - bodyOffset: The offset at which the Markdown starts, after the front matter.
  package init(
    parsing file: SourceFile, from bodyOffset: Int = 0, options: MarkdownOptions
  ) {
    self.init(file, options)
    var bytes = file.bytes
    let survey = ByteSurvey(bytes.span)
    if !survey.isUTF8 { diagnostics = Self.replaceInvalidUTF8(in: &bytes, file) }
    let start = bytes.has("\u{FEFF}", at: bodyOffset) ? bodyOffset + 3 : bodyOffset
    let parser = BlockParser(file, bytes: bytes, from: start, options: options)
    diagnostics += parser.diagnostics
    var builder = TreeBuilder(
      file, bytes: bytes, parser, document: self, hasMarks: survey.mayHoldMarks)
    builder.build()
    var linker = Linker(builder.takeDocument(), definitions: parser.definedAttributes)
    linker.link(footnotes: parser.footnotes, rawHeadings: builder.rawHeadings)
    self = linker.takeDocument()
    diagnostics.sort()
  }

  /// A document that is still empty.
  init(_ file: SourceFile, _ options: MarkdownOptions) {
    self.file = file
    self.options = options
  }

  /// The code blocks that are experiments.
  package var experiments: [CodeBlock] { codeBlocks.filter { $0.info.experiment != nil } }

  /// The files from which code blocks are included.
  package var includes: [FileInclude] { codeBlocks.compactMap(\.info.include) }

  /// The text of the first heading of level 1, otherwise of the first heading: the title of an
  /// article without front matter.
  package var title: String? { (headings.first { $0.level == 1 } ?? headings.first)?.text }

  /// Replaces each byte that is not UTF-8 with a zero byte, which is shown as U+FFFD, so that
  /// offsets do not change.
  private static func replaceInvalidUTF8(in bytes: inout [UInt8], _ file: SourceFile)
    -> [Diagnostic]
  {
    bytes.replaceInvalidUTF8(with: 0).prefix(20).map { .invalidUTF8($0, file) }
  }
}
