extension Registry {
  static let losses = LossDefinition.all.map { $0.entry }
}
