/// Integers that stay where they are: the rows of a batch, labels. Calls that are written down read
/// them in place, whatever they are by then.
@safe package final class IndexBuffer: @unchecked Sendable {
  package let count: Int
  let base: UnsafeMutablePointer<Int32>

  package init(repeating value: Int32, count: Int) {
    self.count = count
    unsafe base = .allocate(capacity: max(count, 1))
    unsafe base.initialize(repeating: value, count: count)
  }

  package convenience init(_ values: [Int32]) {
    self.init(repeating: 0, count: values.count)
    set(values.span)
  }

  deinit { unsafe base.deallocate() }

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

  /// Overwrites the first ones.
  package func set(_ values: Span<Int32>) {
    precondition(values.count <= count, "\(values.count) integers do not fit among \(count)")
    for index in 0..<values.count { unsafe base[index] = values[index] }
  }
}
