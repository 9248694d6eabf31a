/// Why a text is not a YAML document, or not one that is accepted. Offsets are into the text that was
/// read.
package enum YAMLError: Error, Hashable {
  /// The text has more bytes than ``YAMLLimits/bytes``.
  case tooManyBytes
  /// The text has more values than ``YAMLLimits/values``.
  case tooManyValues
  /// Values nest deeper than ``YAMLLimits/depth``.
  case tooDeep(at: Int)
  /// There are more than ``YAMLAliases/limit`` anchors and aliases; the offset is of the first in
  /// excess.
  case tooManyAliases(at: Int)
  /// A mapping has each of these keys more than once.
  ///
  /// - at: Where one of them is first.
  case repeatedKeys([String], at: Int)
  /// What libyaml reports: a problem, and what it was doing when it met it.
  case syntax(problem: String, context: String?, at: Int)
  /// What libyaml reports without a place.
  case unreadable(String)
}
