package import Diagnostics

/// An article's body, read: a tree of nodes with their places in the file, and lists of what others
/// have to look at.
///
/// Reading is a pure function of the file and the options, takes time linear in the file's length and
/// never fails: what the author got wrong is in ``diagnostics``.
package struct Document: Sendable {
  /// The article's file, which all ranges are of.
  package let file: SourceFile
  /// The dialect that it was parsed in.
  package let options: MarkdownOptions
  /// The tree; ``Node`` says how. The first is the document's.
  package internal(set) var nodes: [Node] = []
  /// The text of the nodes that have text.
  var text: [UInt8] = []
  var attributeLists: [AttributeList] = []

  /// The headings in the order of the text.
  package internal(set) var headings: [Heading] = []
  /// The formulas in the order of the text.
  package internal(set) var formulas: [Formula] = []
  /// The blocks of code in the order of the text.
  package internal(set) var codeBlocks: [CodeBlock] = []
  /// The code spans that name results, in the order of the text.
  package internal(set) var inlineValues: [InlineValue] = []
  /// The footnotes, in the order of their numbers.
  package internal(set) var footnotes: [Footnote] = []
  /// The footnotes that are used, in the order of their numbers.
  var footnoteOrder: [Int] = []
  /// Links and images, in order.
  package internal(set) var links: [Link] = []
  /// Every id on the page that the article itself defines, in order; ids that experiments add are the
  /// site's to know.
  package internal(set) var anchors: [Anchor] = []
  /// What was reported while the article was parsed and linked.
  package internal(set) var diagnostics: [Diagnostic] = []

  /// Reads an article.
  ///
  /// - Parameters:
  ///   - file: The file; it need not be valid UTF-8.
  ///   - bodyOffset: Where the Markdown starts: after the front matter.
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

  /// A document of which nothing is read yet.
  init(_ file: SourceFile, _ options: MarkdownOptions) {
    self.file = file
    self.options = options
  }

  /// The code blocks that are experiments.
  package var experiments: [CodeBlock] { codeBlocks.filter { $0.info.experiment != nil } }

  /// The files that code blocks show.
  package var includes: [FileInclude] { codeBlocks.compactMap(\.info.include) }

  /// The text of the first heading of level 1, or of the first heading: the title of an article
  /// without front matter.
  package var title: String? { (headings.first { $0.level == 1 } ?? headings.first)?.text }

  /// Puts a zero byte, which shows as U+FFFD, in place of each byte that is not UTF-8, so that offsets
  /// stay the file's.
  private static func replaceInvalidUTF8(in bytes: inout [UInt8], _ file: SourceFile)
    -> [Diagnostic]
  {
    bytes.replaceInvalidUTF8(with: 0).prefix(20).map { .invalidUTF8($0, file) }
  }
}
