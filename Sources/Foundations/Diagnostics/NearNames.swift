/// Searches for the names that authors may have meant, as ``nearestName(to:among:)`` does, but only
/// a limited number of times. A search takes time linear in the number of names. A thousand
/// mistakes of one kind need only one hint, and the cost of the searches must not grow
/// quadratically with the site.
package struct NearNames: Sendable {
  private var looksLeft: Int
  private var sorted: [String]?

  /// - Parameter looks: The maximum number of searches.
  package init(looks: Int = 20) { looksLeft = looks }

  /// - Parameter names: The known names. They must be the same at each call: they are sorted only
  ///   once.
  package mutating func nearest(
    to word: String, among names: @autoclosure () -> some Sequence<String>
  ) -> String? {
    guard looksLeft > 0 else { return nil }
    looksLeft -= 1
    let known = sorted ?? names().sorted()
    sorted = known
    return nearestName(to: word, among: known)
  }

  /// The nearest name as a hint; if none is near, all names, provided that they are few.
  package mutating func hint(for word: String, among names: [String]) -> String? {
    if let near = nearest(to: word, among: names) { return "did you mean `\(near)`?" }
    return names.count <= 24 ? nameHint(for: word, among: names) : nil
  }
}
