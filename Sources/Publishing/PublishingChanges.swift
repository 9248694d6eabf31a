/// The changes that publishing made, or would make, at its destination.
package struct PublishingChanges: Hashable, Sendable {
  /// Paths from the site's root, each list ordered by UTF-8 bytes.
  package var added: [String] = []
  /// Files whose bytes differ.
  package var changed: [String] = []
  /// Files that the site no longer has.
  package var removed: [String] = []

  package init(added: [String] = [], changed: [String] = [], removed: [String] = []) {
    self.added = added
    self.changed = changed
    self.removed = removed
  }

  /// Whether the destination has this site already.
  package var isEmpty: Bool { added.isEmpty && changed.isEmpty && removed.isEmpty }
}
