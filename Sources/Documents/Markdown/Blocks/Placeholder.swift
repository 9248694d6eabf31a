import Diagnostics

/// A piece of text that libcmark must not read. It sees two private-use characters instead, which
/// CommonMark's rules treat like letters; the piece is put back into the tree afterwards.
struct Placeholder {
  enum Kind: UInt8 {
    /// `$$…$$`, unless it is alone in its paragraph.
    case formula
    /// A bare URL or mail address.
    case autolink
    /// `[^label]`; `payload` is the footnote's index.
    case footnote
    /// `{: …}` after a span.
    case attributes
    /// `\eqref{…}` (`payload` 1) or `\ref{…}` (0).
    case equationReference
    /// `{::comment}…{:/}`.
    case comment
    /// `{::nomarkdown}…{:/}`: HTML unchanged.
    case html
    /// Text that stands for itself: a private-use character of the article, an escaped tilde.
    case literal
  }

  var kind: Kind
  var payload: Int32 = 0
  /// The content of the piece, as a range of the text of all pieces.
  var content: Range<Int32>
  /// The piece as written in the article, as a range of the same text.
  var original: Range<Int32>
  /// The range in the file.
  var place: Range<Int32>
}

/// The private-use characters that stand in for pieces of text.
enum PlaceholderMark {
  /// U+10D000 stands in for nothing: beside a delimiter, it makes CommonMark see a letter.
  static let joiner: [UInt8] = [0xF4, 0x8D, 0x80, 0x80]
  /// The lead byte of all marks, and of no assigned character.
  static let lead: UInt8 = 0xF4
  static let length = 8
  static let limit = 1 << 23

  /// Appends U+10E000 plus the upper bits of the index, then U+10F000 plus the lower eleven.
  static func append(_ index: Int, to bytes: inout [UInt8]) {
    let upper = index >> 11
    let lower = index & 0x7FF
    bytes.append(0xF4)
    bytes.append(0x8E)
    bytes.append(0x80 | UInt8(upper >> 6))
    bytes.append(0x80 | UInt8(upper & 0x3F))
    bytes.append(0xF4)
    bytes.append(0x8F)
    bytes.append(0x80 | UInt8(lower >> 6))
    bytes.append(0x80 | UInt8(lower & 0x3F))
  }

  /// Whether a mark is a joiner, by its second byte: 0x8D for a joiner, 0x8E for an index.
  static func isJoiner(_ second: UInt8) -> Bool { second == 0x8D }

  static func index(_ b2: UInt8, _ b3: UInt8, _ b6: UInt8, _ b7: UInt8) -> Int {
    Int(b2 & 0x3F) << 17 | Int(b3 & 0x3F) << 11 | Int(b6 & 0x3F) << 6 | Int(b7 & 0x3F)
  }

  /// Whether two bytes of a source could be mistaken for the start of a mark.
  static func isMark(_ lead: UInt8, _ second: UInt8) -> Bool { lead == 0xF4 && second >= 0x8D }
}
