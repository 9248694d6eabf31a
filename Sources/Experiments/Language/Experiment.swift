/// A block that has been read and checked: what to run, and how to show it.
package struct Experiment: Hashable, Sendable {
  /// The block's id on its page: the one after `nn`, else `nn-3` for the third block.
  package let id: String
  /// The page that it stands on, as inline values name it.
  package let page: String
  package let verb: Verb

  package init(id: String, page: String, verb: Verb) {
    self.id = id
    self.page = page
    self.verb = verb
  }
}
