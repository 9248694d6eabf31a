/// Why a text is not a YAML document, or not an acceptable one. Offsets are into the text that was
/// read.
package enum YAMLError: Error, Hashable {
  /// The text has more bytes than ``YAMLLimits/bytes``.
  case tooManyBytes
  /// The text has more values than ``YAMLLimits/values``.
  case tooManyValues
  /// Values nest deeper than ``YAMLLimits/depth``.
  case tooDeep(at: Int)
  /// There are more than ``YAMLAliases/limit`` anchors and aliases; the offset is that of the first
  /// one too many.
  case tooManyAliases(at: Int)
  /// A mapping has each of these keys more than once.
  ///
  /// - at: The offset of the first occurrence of one of them.
  case repeatedKeys([String], at: Int)
  /// A problem that libyaml reports, and what it was doing at that point.
  case syntax(problem: String, context: String?, at: Int)
  /// A problem that libyaml reports without a position.
  case unreadable(String)
}
