#if hasFeature(Embedded)
  /// Runs the parts of large operations one after another: the thread pool of a machine without
  /// threads.
  struct ThreadPool {
    static let shared = ThreadPool()
    static let width = 1

    func run(parts: Int, _ body: (Int) -> Void) {
      for part in 0..<parts { body(part) }
    }

    func computing<R, E: Error>(_ body: () throws(E) -> R) throws(E) -> R { try body() }
  }
#endif
