/// The operations that each piece of a run takes. One operation takes about a tenth of a nanosecond
/// on one core, as `sitegen-bench costs` measures.
enum Effort {
  /// A normal random number, a uniform one, an index of a random permutation.
  static let normal: Quantity = 800
  static let uniform: Quantity = 300
  static let shuffled: Quantity = 80
  /// An initial weight besides its random number: it is converted from Double and stored.
  static let placed: Quantity = 900
  /// A number that enters statistics element by element.
  static let statistic: Quantity = 2200
  /// A row whose class is compared with its label, and an output that a loss reads.
  static let judged: Quantity = 100
  static let loss: Quantity = 100
  /// The same of a loss without a kernel, and of one with powers.
  static let elementwiseLoss: Quantity = 250
  static let powerLoss: Quantity = 1200
  /// A multiply-add of a matrix product or a convolution.
  static let product = Quantity(0.3)
  /// A multiply-add in Double outside of the kernels.
  static let scalar: Quantity = 12
  /// The factor of kernels in Double, and an output of a layer in Double.
  static let double: Quantity = 10
  static let doubleValue: Quantity = 150
  /// A generated sample, besides its numbers.
  static let row: Quantity = 1200
  /// A number that is read and written once: an activation, a copy.
  static let element: Quantity = 2
  /// The update of a parameter by a rule that has a kernel, and by any other rule.
  static let kernelUpdate: Quantity = 6
  static let update: Quantity = 30
  /// One pass over one layer, however small the batch.
  static let call: Quantity = 400
  /// One step of training, one batch of an evaluation.
  static let step: Quantity = 3000
  /// A field of a table in text.
  static let field: Quantity = 3000
  /// A number of a binary file.
  static let fileNumber: Quantity = 300
  /// A number of a result: formatted, cached and drawn.
  static let number: Quantity = 2000
}
