/// The limit on how often a YAML document may repeat its values.
///
/// A few lines of aliases to lists of aliases expand to more values than there are atoms in the
/// universe, and the parser itself compares expanded values. With this limit, no document expands
/// to more than a few hundred times its written size.
package enum YAMLAliases {
  /// The maximum number of anchors and aliases together.
  package static let limit = 16

  /// The offset of the first anchor or alias beyond ``limit``; `nil` if there is none.
  ///
  /// Everything that could be one counts: a `&` or `*` before a name, where a value may start.
  package static func excess(in yaml: [UInt8]) -> Int? {
    var count = 0
    var mayStart = true
    for (offset, byte) in yaml.enumerated() {
      switch byte {
      case UInt8(ascii: "&"), UInt8(ascii: "*"):
        if mayStart, offset + 1 < yaml.count, isName(yaml[offset + 1]) {
          count += 1
          if count > limit { return offset }
        }
        mayStart = false
      case UInt8(ascii: " "), UInt8(ascii: "\t"): break
      default: mayStart = "\r\n[]{},:-?&*!|>".utf8.contains(byte)
      }
    }
    return nil
  }

  private static func isName(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_".utf8.contains(byte)
  }
}
