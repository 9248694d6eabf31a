/// An article's HTML, and what its page and others show of it.
package struct RenderedDocument: Hashable, Sendable {
  /// A heading, for the title of its page and for tables of contents.
  package struct Heading: Hashable, Sendable {
    /// The id that its element carries; `nil` where ids are off.
    package var id: String?
    /// The HTML within its element, without the link to itself. Empty where the heading is not part of
    /// the body: in a footnote that nothing refers to, or in plain markup.
    package var html = ""
    /// The same without links, footnotes and images, to be put within a link.
    package var label = ""
    /// Whether a typeset formula is in it.
    package var hasFormulas = false
  }

  /// An address in raw HTML or in an attribute list.
  package struct RawAddress: Hashable, Sendable {
    /// As a browser reads it: with character references resolved.
    package var value: String
    /// Whether it is shown or loaded with the page, not followed by its reader.
    package var isEmbedded: Bool
    /// Its place in the file; that of the element where it cannot be found more precisely.
    package var range: Range<Int>
  }

  /// The HTML, without the title.
  package var body: [UInt8]
  /// The heading that opens the body and says the page's title; `nil` where none does.
  package var title: Heading?
  /// One for each of ``Document/headings``, in their order.
  package var headings: [Heading]
  /// The words of the first paragraph that has any, in page markup.
  package var summary: String
  /// In the order in which they are written.
  package var rawAddresses: [RawAddress]
}

/// What is written for the destination of a link or an image.
package enum LinkDestination: Hashable, Sendable {
  /// The destination itself, percent-encoded.
  case asWritten
  /// An address, which is percent-encoded already.
  case address(String)
  /// The destination itself; an image that is not there is shown as its name.
  case missing

  /// A destination as ``asWritten`` writes it, before character references are added.
  package static func percentEncoded(_ destination: String) -> String {
    var html = HTMLBytes()
    html.url(destination)
    return html.string.replacing("&amp;", with: "&").replacing("&#x27;", with: "'")
  }
}
