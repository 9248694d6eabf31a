/// The kind of a block, given by its first key.
package struct Verb: RawRepresentable, Hashable, Sendable {
  let definition: any VerbDefinition

  init(_ definition: any VerbDefinition) { self.definition = definition }

  /// The verb with a name; `nil` if there is none.
  package init?(rawValue: String) {
    guard let verb = Self.allCases.first(where: { $0.rawValue == rawValue }) else { return nil }
    self = verb
  }

  /// The verb's name.
  package var rawValue: String { definition.name }
  package var summary: String { definition.summary }
  /// A short description of the verb's subject.
  package var subject: String { definition.subject }
}
