/// Looks for the names that authors may have meant, as ``nearestName(to:among:)`` does. A search takes
/// time linear in the names, so only the first mistakes get one: a thousand mistakes of a kind need one
/// hint, and their time must not grow with the square of the site.
package struct NearNames: Sendable {
  private var looksLeft: Int
  private var sorted: [String]?

  /// - Parameter looks: The maximum number of searches.
  package init(looks: Int = 20) { looksLeft = looks }

  /// - Parameter names: The known names: the same at each call, so that they are sorted only once.
  package mutating func nearest(
    to word: String, among names: @autoclosure () -> some Sequence<String>
  ) -> String? {
    guard looksLeft > 0 else { return nil }
    looksLeft -= 1
    let known = sorted ?? names().sorted()
    sorted = known
    return nearestName(to: word, among: known)
  }

  /// The nearest name as a hint, or all names where none is near and they are few.
  package mutating func hint(for word: String, among names: [String]) -> String? {
    if let near = nearest(to: word, among: names) { return "did you mean `\(near)`?" }
    return names.count <= 24 ? nameHint(for: word, among: names) : nil
  }
}
