package import Diagnostics

/// The id, classes and further attributes that `{#id .class key="value"}` gives to an element.
package struct AttributeList: Hashable, Sendable {
  /// An attribute other than `id` and `class`, in the order written.
  package struct Pair: Hashable, Sendable {
    /// The name as written, entities resolved.
    package var name: String
    /// The value without quotes, entities resolved.
    package var value: String
  }

  /// The name of an attribute definition, and where it is.
  struct Reference: Hashable, Sendable {
    var name: String
    var range: Range<Int>
  }

  /// What `#id` gives; the last where there are several.
  package var id: String?
  /// What `.class` gives, in the order written.
  package var classes: [String] = []
  /// The other attributes, in the order written.
  package internal(set) var pairs: [Pair] = []
  /// The attribute definitions that are still to be added.
  var references: [Reference] = []
  /// What the ids of a definition list's terms start with, where they are asked for.
  var termIDPrefix: String?

  package init() {}

  /// Whether the list says nothing.
  package var isEmpty: Bool { id == nil && classes.isEmpty && pairs.isEmpty && references.isEmpty }

  /// The value of the last attribute of a name.
  package subscript(name: String) -> String? { pairs.last { $0.name == name }?.value }
}

/// A heading of an article.
package struct Heading: Hashable, Sendable {
  package var node: Int
  /// From 1 to 6.
  package var level: Int
  /// The id that its element carries, unique on the page; `nil` where ids are off.
  package var id: String?
  /// The id that kramdown would have given, where that is wanted and differs.
  package var kramdownID: String?
  /// Its text without markup, formulas as TeX.
  package var text: String
  /// Whether `{:.no_toc}` keeps it out of the table of contents.
  package var isInContents: Bool
  /// Where the heading is in the article.
  package var range: Range<Int>
}

/// A formula in TeX.
package struct Formula: Hashable, Sendable {
  /// A `\label`, and the number that the equation shows.
  package struct Label: Hashable, Sendable {
    /// The label's name.
    package var id: String
    /// What is in the parentheses beside the equation.
    package var number: String
  }

  /// Its place in ``Document/formulas``.
  package var index: Int
  package var node: Int
  /// The TeX to typeset: the text between the dollars, `\label` taken out, `\ref` replaced by its
  /// number, a number added as `\tag` where a label asks for one. Offsets lead back to the article.
  package var tex: ExtractedText
  /// Whether it is to be set in display style: alone in its block, or tagged.
  package var isDisplay: Bool
  /// Its labels, in order, with the texts of their numbers; each is an id on the page.
  package var labels: [Label]
  /// The place in the article, with the dollars.
  package var range: Range<Int>
}

/// A block of code.
package struct CodeBlock: Hashable, Sendable {
  /// Its place in ``Document/codeBlocks``.
  package var index: Int
  package var node: Int
  /// Whether the block has fences, and is not indented.
  package var isFenced: Bool
  /// The info string of the fence; empty for an indented block.
  package var info: FenceInfo
  /// The code, each line ended by a newline, with the way back to the article. Empty where ``FenceInfo``
  /// asks for a file.
  package var content: ExtractedText
  /// Its number among the page's figures, when it is an experiment.
  package var figure: Int?
  package var range: Range<Int>
}

/// The info string of a code block, parsed.
package struct FenceInfo: Hashable, Sendable {
  /// An `nn` block.
  package struct Experiment: Hashable, Sendable {
    /// The second word; `nil` where there is none.
    package var id: String?
    /// Where the id is in the article.
    package var idRange: Range<Int>?
  }

  /// All of it, with entities and backslashes resolved.
  package var text = ""
  /// The first word; empty where there is none.
  package var language = ""
  /// The value of `title`, which is shown above the code.
  package var title: String?
  /// Lines to mark, counted from 1 within the block: of `lines` or, where `lines` selects from a file,
  /// of `highlight`.
  package var highlightedLines: [ClosedRange<Int>] = []
  /// The number of the first line, where lines are to be numbered.
  package var firstLineNumber: Int?
  /// A file whose lines are the code.
  package var include: FileInclude?
  /// Every attribute in the braces, the known ones too.
  package var attributes = AttributeList()
  /// What makes the block an experiment.
  package var experiment: Experiment?
  /// The info string's place in the article.
  package var range: Range<Int> = 0..<0

  package init() {}
}

/// A file that a code block takes its lines from.
package struct FileInclude: Hashable, Sendable {
  /// The path from the site's root: relative, without `..`.
  package var path: String
  /// The lines to take, counted from 1; `nil` for all.
  package var lines: ClosedRange<Int>?
  /// The attribute list's place in the article.
  package var range: Range<Int>
}

/// A code span that names a result: `` `nn moons.test.accuracy %.1f%%` ``.
package struct InlineValue: Hashable, Sendable {
  /// Its place in ``Document/inlineValues``.
  package var index: Int
  package var node: Int
  /// What follows `nn `, with the way back to the article.
  package var expression: ExtractedText
  package var range: Range<Int>
}

/// A link or an image.
package struct Link: Hashable, Sendable {
  /// What becomes of it on a page.
  package enum Treatment: Hashable, Sendable {
    case asWritten
    /// An image that another host would have to be asked for: a link to it.
    case link
    /// A link or an image that a reader must not be led to: its text alone.
    case text
  }

  /// Its place in ``Document/links``.
  package var index: Int
  package var node: Int
  /// Whether it is an image.
  package var isImage: Bool
  /// The destination as the article means it: backslashes and entities resolved, not yet
  /// percent-encoded.
  ///
  /// Empty where the treatment is ``Treatment/text``.
  package let destination: String
  /// How it is written on a page.
  package let treatment: Treatment
  /// The title after the destination; empty where there is none.
  package var title: String
  /// The text of the link, or the description of the image.
  package var text: String
  package var range: Range<Int>

  /// The only way to a link, so that none is without the policy for HTML.
  init(
    index: Int, node: Int, isImage: Bool, destination: String, title: String, text: String = "",
    range: Range<Int>, html: MarkdownOptions.HTMLPolicy
  ) {
    self.index = index
    self.node = node
    self.isImage = isImage
    self.title = title
    self.text = text
    self.range = range
    let address = BrowserAddress(destination)
    if html == .pass || (isImage ? address.mayBeShown : address.mayBeLinked) {
      treatment = .asWritten
    } else {
      treatment = isImage && address.mayBeLinked ? .link : .text
    }
    self.destination = treatment == .text ? "" : destination
  }

  /// `[](#id)`: a link without text to something on this page, which gets that thing's number or name.
  package var isCrossReference: Bool { text.isEmpty && !isImage && destination.hasPrefix("#") }
}

/// An id that something on the page carries, and what a reference to it is called.
package struct Anchor: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case heading(Int)
    case figure(Int)
    case table(Int)
    /// An equation with the text of its number: `1`, `3a`.
    case equation(String)
    case experiment(codeBlock: Int)
    /// A term of a definition list, by its node.
    case term(Int)
    case footnote
    case other
  }

  package var id: String
  package var target: Target
  package var range: Range<Int>
}

/// A footnote's definition.
package struct Footnote: Hashable, Sendable {
  package var label: String
  package var node: Int
  /// Its number in the order of first use; `nil` where nothing refers to it.
  package var number: Int?
  /// How many references there are.
  package var uses: Int
  package var range: Range<Int>
}
