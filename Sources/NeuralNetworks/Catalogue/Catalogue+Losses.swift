extension Catalogue {
  static let losses = LossDefinition.all.map { $0.entry }
}
