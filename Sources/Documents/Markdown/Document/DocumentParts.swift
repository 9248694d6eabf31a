package import Diagnostics

/// The id, classes and other attributes that `{#id .class key="value"}` gives to an element.
package struct AttributeList: Hashable, Sendable {
  /// An attribute other than `id` and `class`.
  package struct Pair: Hashable, Sendable {
    /// The name as written, with entities resolved.
    package var name: String
    /// The value without quotes, with entities resolved.
    package var value: String
  }

  /// A reference to an attribute definition, and its range.
  struct Reference: Hashable, Sendable {
    var name: String
    var range: Range<Int>
  }

  /// The id from `#id`; the last one if there are several.
  package var id: String?
  /// The classes from `.class`, in the order written.
  package var classes: [String] = []
  /// The other attributes, in the order written.
  package internal(set) var pairs: [Pair] = []
  /// The references to attribute definitions that are not yet resolved.
  var references: [Reference] = []
  /// The prefix of the ids of a definition list's terms; `nil` if no ids are requested.
  var termIDPrefix: String?

  package init() {}

  /// Whether the list has no attributes.
  package var isEmpty: Bool { id == nil && classes.isEmpty && pairs.isEmpty && references.isEmpty }

  /// The value of the last attribute with a name.
  package subscript(name: String) -> String? { pairs.last { $0.name == name }?.value }
}

/// A heading of an article.
package struct Heading: Hashable, Sendable {
  package var node: Int
  /// From 1 to 6.
  package var level: Int
  /// The id of its element, unique on the page; `nil` if ids are off.
  package var id: String?
  /// The id that kramdown would have given, if it is wanted and differs.
  package var kramdownID: String?
  /// The text without markup; formulas are included as TeX.
  package var text: String
  /// Whether `{:.no_toc}` keeps it out of the table of contents.
  package var isInContents: Bool
  /// The range of the heading in the article.
  package var range: Range<Int>
}

/// A formula in TeX.
package struct Formula: Hashable, Sendable {
  /// A `\label`, and the number of its equation.
  package struct Label: Hashable, Sendable {
    /// The label's name.
    package var id: String
    /// The number in parentheses beside the equation.
    package var number: String
  }

  /// The index in ``Document/formulas``.
  package var index: Int
  package var node: Int
  /// The TeX to typeset: the text between the dollar signs, with `\label` removed, `\ref` replaced
  /// by its number, and a number added as `\tag` where a label requires one. Offsets lead back to
  /// the article.
  package var tex: ExtractedText
  /// Whether it is set in display style: alone in its block, or tagged.
  package var isDisplay: Bool
  /// The labels, in order, with the texts of their numbers; each is an id on the page.
  package var labels: [Label]
  /// The range in the article, including the dollar signs.
  package var range: Range<Int>
}

/// A block of code.
package struct CodeBlock: Hashable, Sendable {
  /// The index in ``Document/codeBlocks``.
  package var index: Int
  package var node: Int
  /// Whether the block is fenced rather than indented.
  package var isFenced: Bool
  /// The info string of the fence; empty for an indented block.
  package var info: FenceInfo
  /// The code, with each line ended by a newline; offsets lead back to the article. Empty if
  /// ``FenceInfo`` names a file.
  package var content: ExtractedText
  /// The number among the page's figures, if the block is an experiment.
  package var figure: Int?
  package var range: Range<Int>
}

/// The parsed info string of a code block.
package struct FenceInfo: Hashable, Sendable {
  /// An `nn` block.
  package struct Experiment: Hashable, Sendable {
    /// The second word of the info string; `nil` if there is none.
    package var id: String?
    /// The range of the id in the article.
    package var idRange: Range<Int>?
  }

  /// The whole string, with entities and backslashes resolved.
  package var text = ""
  /// The first word; empty if there is none.
  package var language = ""
  /// The value of `title`, which is shown above the code.
  package var title: String?
  /// The lines to mark, counted from 1 within the block: from `lines` or, if `lines` selects from a
  /// file, from `highlight`.
  package var highlightedLines: [ClosedRange<Int>] = []
  /// The number of the first line, if lines are numbered.
  package var firstLineNumber: Int?
  /// A file from which the code is taken.
  package var include: FileInclude?
  /// All attributes in the braces, including the known ones.
  package var attributes = AttributeList()
  /// The experiment, if the block is one.
  package var experiment: Experiment?
  /// The range of the info string in the article.
  package var range: Range<Int> = 0..<0

  package init() {}
}

/// A file from which a code block takes its lines.
package struct FileInclude: Hashable, Sendable {
  /// The path from the site's root: relative, without `..`.
  package var path: String
  /// The lines to take, counted from 1; `nil` for all.
  package var lines: ClosedRange<Int>?
  /// The range of the include in the article.
  package var range: Range<Int>
}

/// A code span that names a result: `` `nn moons.test.accuracy %.1f%%` ``.
package struct InlineValue: Hashable, Sendable {
  /// The index in ``Document/inlineValues``.
  package var index: Int
  package var node: Int
  /// The text after `nn `; offsets lead back to the article.
  package var expression: ExtractedText
  package var range: Range<Int>
}

/// A link or an image.
package struct Link: Hashable, Sendable {
  /// How a link or an image is shown on a page.
  package enum Treatment: Hashable, Sendable {
    case asWritten
    /// An image that would be loaded from another host becomes a link to it.
    case link
    /// A link or an image to which readers must not be led becomes text.
    case text
  }

  /// The index in ``Document/links``.
  package var index: Int
  package var node: Int
  /// Whether it is an image.
  package var isImage: Bool
  /// The destination as the article means it: with backslashes and entities resolved, not yet
  /// percent-encoded.
  ///
  /// Empty if the treatment is ``Treatment/text``.
  package let destination: String
  /// How it is shown on a page.
  package let treatment: Treatment
  /// The title after the destination; empty if there is none.
  package var title: String
  /// The text of the link, or the alternative text of the image.
  package var text: String
  package var range: Range<Int>

  /// The only initializer, so that no link escapes the HTML policy.
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

  /// `[](#id)`: a link without text to an element of this page, which is shown as that element's
  /// number or name.
  package var isCrossReference: Bool { text.isEmpty && !isImage && destination.hasPrefix("#") }
}

/// An id of an element on the page, and the target that a reference to it names.
package struct Anchor: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case heading(Int)
    case figure(Int)
    case table(Int)
    /// An equation, with the text of its number: `1`, `3a`.
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
  /// Its number in the order of first use; `nil` if nothing refers to it.
  package var number: Int?
  /// The number of references.
  package var uses: Int
  package var range: Range<Int>
}
