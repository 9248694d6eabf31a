/// A contiguous view's elements, for loops that no kernel knows.
///
/// Keeps its workspace alive and checks every index, so it cannot reach outside. What loops over
/// it is compiled for its own type: everything here is inlined into the caller.
@safe @frozen package struct Elements<Element: Scalar> {
  @usableFromInline let base: UnsafeMutablePointer<Element>
  package let count: Int
  @usableFromInline let owner: Workspace<Element>

  init(_ owner: Workspace<Element>, _ base: UnsafeMutablePointer<Element>, count: Int) {
    self.owner = owner
    unsafe self.base = base
    self.count = count
  }

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

  /// The elements from `start` on, counted from 0 there.
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
  /// - Precondition: The view is contiguous.
  package subscript(view: View) -> Elements<Element> {
    precondition(view.isContiguous, "the rows of \(view) are \(view.rowStride) apart")
    return unsafe Elements(
      self, uncapturedPointer(view).assumingMemoryBound(to: Element.self), count: view.count)
  }
}
