/// The labeled numbers of an axis.
struct Ticks: Sendable {
  struct Tick: Sendable {
    var value: Double
    var label: Label
  }

  var ticks: [Tick] = []
  /// The number subtracted from every tick where ticks differ only in their last digits.
  var base: Double?
}
