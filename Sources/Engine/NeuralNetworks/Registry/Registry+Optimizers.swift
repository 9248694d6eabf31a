extension Registry {
  static let optimizers = OptimizerEntries.all
}
