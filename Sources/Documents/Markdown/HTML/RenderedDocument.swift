/// The HTML of an article, and what its own and other pages show of it.
package struct RenderedDocument: Hashable, Sendable {
  /// A heading, for the title of its page and for tables of contents.
  package struct Heading: Hashable, Sendable {
    /// The id of its element; `nil` if ids are off.
    package var id: String?
    /// The HTML inside its element, without the link to itself. Empty if the heading is not part of
    /// the body: in a footnote to which nothing refers, or in plain markup.
    package var html = ""
    /// The same HTML without links, footnotes and images, to be put inside a link.
    package var label = ""
    /// Whether it contains a typeset formula.
    package var hasFormulas = false
  }

  /// An address in raw HTML or in an attribute list.
  package struct RawAddress: Hashable, Sendable {
    /// The address as a browser reads it, with character references resolved.
    package var value: String
    /// Whether it is shown or loaded with the page, rather than followed by the reader.
    package var isEmbedded: Bool
    /// Its range in the file; that of the element if it cannot be located more precisely.
    package var range: Range<Int>
  }

  /// The HTML, without the title.
  package var body: [UInt8]
  /// The first heading of the body, if it repeats the page's title; otherwise `nil`.
  package var title: Heading?
  /// The headings, one for each of ``Document/headings``, in the same order.
  package var headings: [Heading]
  /// The text of the first paragraph that is not empty, in page markup.
  package var summary: String
  /// The addresses in raw HTML and attribute lists, in the order in which they are written.
  package var rawAddresses: [RawAddress]
}

/// The destination to write for a link or an image.
package enum LinkDestination: Hashable, Sendable {
  /// The destination itself, percent-encoded.
  case asWritten
  /// An address that is already percent-encoded.
  case address(String)
  /// The destination itself; a missing image is shown as its name.
  case missing

  /// A destination as ``asWritten`` writes it, before character references are added.
  package static func percentEncoded(_ destination: String) -> String {
    HTMLBytes.percentEncoded(destination)
  }
}
