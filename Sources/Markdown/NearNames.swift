import Diagnostics

/// Looks for the name that an author may have meant. A look costs as much as there are names, so after
/// the first mistakes of an article nobody looks any more.
struct NearNames {
  private var looksLeft = 20
  private var sorted: [String]?

  mutating func nearest(
    to word: String, among names: @autoclosure () -> some Sequence<String>
  ) -> String? {
    guard looksLeft > 0 else { return nil }
    looksLeft -= 1
    let known = sorted ?? names().sorted()
    sorted = known
    return nearestName(to: word, among: known)
  }
}
