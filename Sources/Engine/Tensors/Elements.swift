/// A contiguous view's elements, for loops without a kernel.
///
/// Keeps its workspace alive and checks every index. Everything here is inlined into the caller, so
/// that a loop is compiled for its own type.
@safe @frozen package struct Elements<Element: Scalar> {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  package let count: Int
  @usableFromInline let owner: Workspace<Element>

  init(_ owner: Workspace<Element>, _ base: UnsafeMutablePointer<Element>, count: Int) {
    self.owner = owner
    unsafe self.base = base
    self.count = count
  }

  /// The element at an index; outside of the view is a precondition failure.
  @inlinable package subscript(index: Int) -> Element {
    @inline(__always) get {
      precondition(index >= 0 && index < count, "index is not in the view")
      return unsafe base[index]
    }
    @inline(__always) nonmutating set {
      precondition(index >= 0 && index < count, "index is not in the view")
      unsafe base[index] = newValue
    }
  }

  /// The `length` elements from `start` on.
  @inlinable package func slice(_ start: Int, _ length: Int) -> Elements {
    precondition(start >= 0 && length >= 0 && start + length <= count, "slice is not in the view")
    return unsafe Elements(unchecked: owner, base + start, count: length)
  }

  @inlinable init(
    unchecked owner: Workspace<Element>, _ base: UnsafeMutablePointer<Element>, count: Int
  ) {
    self.owner = owner
    unsafe self.base = base
    self.count = count
  }
}

extension Workspace {
  /// The elements of a view.
  ///
  /// - Precondition: The view is contiguous.
  package subscript(view: View) -> Elements<Element> {
    precondition(view.isContiguous, "the rows of \(view) are \(view.rowStride) apart")
    return unsafe Elements(
      self, uncapturedPointer(view).assumingMemoryBound(to: Element.self), count: view.count)
  }
}
