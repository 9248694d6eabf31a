extension Catalogue {
  static let optimizers = OptimizerEntries.all
}
