/// The name that the author most likely meant: the one at the smallest edit distance, if that is
/// small relative to the word's length. Case, `-` and `_` are ignored; the first of equally near
/// names wins.
///
/// The distance is optimal string alignment: insertions, deletions, substitutions and
/// transpositions of neighbors.
package func nearestName(to word: String, among names: some Sequence<String>) -> String? {
  let wanted = folded(word)
  guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
  var best: (name: String, distance: Int)?
  for name in names {
    let distance = editDistance(wanted, folded(name))
    if distance <= max(1, wanted.count / 3), distance < best?.distance ?? .max {
      best = (name, distance)
    }
  }
  return best?.name
}

/// ``nearestName(to:among:)`` as a hint; if no name is near, the whole list, provided that it is
/// short. For names that authors define, whose number is not bounded, use ``NearNames``.
package func nameHint(for word: String, among names: [String]) -> String? {
  guard names.count <= 1000 else { return nil }
  if let near = nearestName(to: word, among: names) { return "did you mean `\(near)`?" }
  guard !names.isEmpty, names.count <= 24 else { return nil }
  return "one of " + names.map { "`\($0)`" }.joined(separator: ", ")
}

private func folded(_ word: String) -> [UInt8] {
  word.lowercased().utf8.filter { $0 != UInt8(ascii: "_") && $0 != UInt8(ascii: "-") }
}

private func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
  var beforePrevious = [Int](repeating: 0, count: b.count + 1)
  var previous = Array(0...b.count)
  for i in a.indices {
    var current = [i + 1]
    current.reserveCapacity(b.count + 1)
    for j in b.indices {
      var distance = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (a[i] == b[j] ? 0 : 1))
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        distance = min(distance, beforePrevious[j - 1] + 1)
      }
      current.append(distance)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[b.count]
}
