/// Where an axis is labeled, and with what.
struct Ticks: Sendable {
  struct Tick: Sendable {
    var value: Double
    var label: Label
  }

  var ticks: [Tick] = []
  /// What was subtracted from every number, where they differ only in their last digits.
  var base: Double?
}
