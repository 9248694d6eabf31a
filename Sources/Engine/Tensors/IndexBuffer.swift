/// Integers at a fixed address: the rows of a batch, labels. Captured calls read them there
/// whenever they are replayed.
@safe package final class IndexBuffer: @unchecked Sendable {
  package let count: Int
  let base: UnsafeMutablePointer<Int32>

  /// `count` equal integers.
  package init(repeating value: Int32, count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: value, count: count)
  }

  /// A copy of these integers.
  package convenience init(_ values: [Int32]) {
    self.init(repeating: 0, count: values.count)
    set(values.span)
  }

  deinit { unsafe base.deallocate() }

  /// The integer at an index; outside of the buffer is a precondition failure.
  package subscript(index: Int) -> Int32 {
    get {
      precondition(index >= 0 && index < count, "\(index) is not among \(count) integers")
      return unsafe base[index]
    }
    set {
      precondition(index >= 0 && index < count, "\(index) is not among \(count) integers")
      unsafe base[index] = newValue
    }
  }

  /// Overwrites the first integers.
  package func set(_ values: Span<Int32>) {
    precondition(values.count <= count, "\(values.count) integers do not fit among \(count)")
    for index in 0..<values.count { unsafe base[index] = values[index] }
  }
}
