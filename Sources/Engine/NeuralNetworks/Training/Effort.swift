/// The operations that parts of a run count as, each measured once. An operation is about a tenth
/// of a nanosecond on one core.
enum Effort {
  /// A normal random number, a uniform one, an index of a random permutation.
  static let normal: Quantity = 800
  static let uniform: Quantity = 300
  static let shuffled: Quantity = 80
  /// An initial weight besides its random number: it is converted from Double and stored.
  static let placed: Quantity = 900
  /// A number that enters statistics element by element.
  static let statistic: Quantity = 3000
  /// A row whose class is compared with its label.
  static let judged: Quantity = 300
  /// A multiply-add in Double outside of the kernels.
  static let scalar: Quantity = 12
  /// A multiply-add of the kernels in Double.
  static let double: Quantity = 10
  /// A generated sample, besides its numbers.
  static let row: Quantity = 1200
  /// A number that is read and written once: an update, an activation, a copy.
  static let element: Quantity = 6
  /// One pass over one layer, however small the batch.
  static let call: Quantity = 600
  /// One step of training, one batch of an evaluation.
  static let step: Quantity = 3000
  /// A field of a table in text.
  static let field: Quantity = 4000
  /// A number of a binary file.
  static let fileNumber: Quantity = 300
  /// A number of a result: formatted, cached and drawn.
  static let number: Quantity = 2000
}
