/// What a run costs, known before anything of it is allocated: from the text of its block and the
/// sizes of its data files alone, the same on every machine.
package struct Cost: Hashable, Sendable {
  package struct Factor: Hashable, Sendable {
    /// The option or the layer's label.
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// One operation takes about a tenth of a nanosecond, see `Effort`.
  package var operations: Quantity
  /// Bytes that the run holds at once at most, besides its data sets.
  package var bytes: Quantity
  /// Bytes of the data sets that it reads, which runs of the same data share.
  package var dataBytes: Quantity
  /// Numbers that the result holds.
  package var numbers: Quantity
  /// What operations and bytes are a product of, and the layer that has most of them: the knobs that
  /// lower the cost, the largest first.
  package var factors: [Factor]

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

/// How many operations the pieces of a run count as: about a tenth of a nanosecond on one core each,
/// as `sitegen-bench costs` measures them.
enum Effort {
  /// A number drawn from a bell, from an interval, a place in a shuffled order.
  static let normal: Quantity = 800
  static let uniform: Quantity = 300
  static let shuffled: Quantity = 80
  /// A number of a first weight, besides its draw: it is drawn in Double and set in its place.
  static let placed: Quantity = 900
  /// A number that statistics are made of, one by one.
  static let statistic: Quantity = 2200
  /// A row whose class is compared with its label, and an output that a loss looks at.
  static let judged: Quantity = 100
  static let loss: Quantity = 100
  /// A multiply-add of a matrix product or a convolution.
  static let product = Quantity(0.3)
  /// A multiply-add outside of the kernels, one after another in Double.
  static let scalar: Quantity = 12
  /// What the kernels do, in Double, as a factor; and a number that a layer gives then.
  static let double: Quantity = 10
  static let doubleValue: Quantity = 150
  /// A sample that is made, besides its numbers.
  static let row: Quantity = 1200
  /// A number that goes through memory once: an activation, a copy.
  static let element: Quantity = 2
  /// The step of a parameter: by a rule that is a kernel, and by another.
  static let kernelUpdate: Quantity = 6
  static let update: Quantity = 30
  /// One pass over one layer, however small the batch.
  static let call: Quantity = 400
  /// One step of training, one batch of an evaluation.
  static let step: Quantity = 3000
  /// A field of a table in text.
  static let field: Quantity = 3000
  /// A number of a file that is no text.
  static let fileNumber: Quantity = 300
  /// A number of a result: written, kept and drawn.
  static let number: Quantity = 2000
}
