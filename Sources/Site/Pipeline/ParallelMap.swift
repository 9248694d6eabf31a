/// Applies a function to each item in at most `jobs` concurrent tasks. The results are in the order
/// of the items and do not depend on the number of tasks.
func parallelMap<Item: Sendable, Result: Sendable>(
  _ items: [Item], jobs: Int, _ body: @escaping @Sendable (Item) -> Result
) async -> [Result] {
  guard jobs > 1, items.count > 1 else { return items.map(body) }
  // More pieces than tasks, so that one long article does not delay the rest.
  let pieceCount = min(items.count, jobs * 8)
  let bounds = (0...pieceCount).map { $0 * items.count / pieceCount }
  return await withTaskGroup(of: (Int, [Result]).self) { group in
    var next = 0
    func add() {
      guard next < pieceCount else { return }
      let piece = next
      next += 1
      group.addTask { (piece, items[bounds[piece]..<bounds[piece + 1]].map(body)) }
    }
    for _ in 0..<jobs { add() }
    var results: [[Result]] = Array(repeating: [], count: pieceCount)
    while let (piece, part) = await group.next() {
      results[piece] = part
      add()
    }
    return results.flatMap { $0 }
  }
}
