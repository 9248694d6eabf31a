/// The limits on a YAML document, so that a hostile one exhausts neither the stack nor memory.
package struct YAMLLimits: Hashable, Sendable {
  /// Bytes of UTF-8.
  package var bytes: Int
  /// Scalars, lists and mappings; a value that an alias repeats counts again.
  package var values: Int
  /// Levels of nesting.
  package var depth: Int

  package init(bytes: Int, values: Int, depth: Int) {
    self.bytes = bytes
    self.values = values
    self.depth = depth
  }

  /// The offset at which a text nests deeper than ``depth``; `nil` if it does not.
  ///
  /// This looks only at brackets, indentation and dashes, before a recursive parser reads the text.
  /// It counts at least half of the actual levels.
  func excessDepth(in yaml: [UInt8]) -> Int? {
    var brackets = 0
    var lead = 0
    var isLead = true
    for (offset, byte) in yaml.enumerated() {
      switch byte {
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        lead = 0
        isLead = true
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        brackets += 1
        isLead = false
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        brackets = max(0, brackets - 1)
        isLead = false
      case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"), UInt8(ascii: " "),
        UInt8(ascii: "\t"):
        if isLead { lead += 1 }
      default:
        isLead = false
      }
      // A level takes at least one column of indentation, and usually two.
      if brackets + lead / 2 > depth { return offset }
    }
    return nil
  }
}
