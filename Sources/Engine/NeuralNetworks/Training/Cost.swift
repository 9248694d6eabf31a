/// The cost of a run, estimated before anything is allocated, from the text of its block and the
/// sizes of its data files alone; the same on every machine.
package struct Cost: Hashable, Sendable {
  /// A number that the cost is roughly proportional to.
  package struct Factor: Hashable, Sendable {
    /// The option or the layer's label.
    package var name: String
    /// Its size.
    package var value: Double

    /// A factor by its name and size.
    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// Operations, each about a tenth of a nanosecond on one core, see `Effort`.
  package var operations: Quantity
  /// The maximum number of bytes that the run holds at once, besides its data sets.
  package var bytes: Quantity
  /// Bytes of its data sets, which runs of the same data share.
  package var dataBytes: Quantity
  /// Numbers in the result.
  package var numbers: Quantity
  /// The numbers that an author can decrease to lower the cost, the largest first: epochs, samples,
  /// the largest layer.
  package var factors: [Factor]

  /// A cost; zero by default.
  package init(
    operations: Quantity = 0, bytes: Quantity = 0, dataBytes: Quantity = 0,
    numbers: Quantity = 0, factors: [Factor] = []
  ) {
    self.operations = operations
    self.bytes = bytes
    self.dataBytes = dataBytes
    self.numbers = numbers
    self.factors = factors
  }
}
