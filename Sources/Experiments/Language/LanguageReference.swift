/// What the language allows, for people and for editors, all of it from the registry.
package enum LanguageReference {
  /// A JSON schema of a block's body (draft 2020-12).
  package static var schema: [UInt8] { [] }
}
