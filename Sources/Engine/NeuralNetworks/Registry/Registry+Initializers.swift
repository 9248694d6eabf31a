extension Registry {
  static let initializers = InitializerDefinition.all.map { $0.entry }
}
