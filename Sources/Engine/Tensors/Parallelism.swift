/// The minimum sizes of work that is split over threads, and the unit of splitting.
package enum Parallelism {
  /// Calls `body`. Meanwhile this thread counts as busy, and other threads leave its processor
  /// free.
  package static func computing<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R {
    try ThreadPool.shared.computing(body)
  }

  /// Minimum operations of a product for a second thread (about 25 µs of one core).
  static let smallestProduct: Int64 = 2_000_000
  /// Minimum operations of a product for packing its right operand as a whole.
  static let smallestPanelled: Int64 = 50_000_000
  /// Minimum elements of a function or of pooling for a second thread.
  static let smallestCount = 50_000
  /// Minimum parameters of an update: at the end of a step other threads are asleep.
  static let smallestUpdate = 200_000
  static let elementUnit = 1024
}
