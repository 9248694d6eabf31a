internal import Tensors

extension Workspace {
  /// Lends parameters and gradient to an element-wise rule without state; all contiguous.
  func withVectors(
    _ step: UpdateStep, _ body: (inout MutableSpan<Element>, Span<Element>) -> Void
  ) {
    withElements(step.gradient) { g in
      withMutableElements(step.parameters) { p in body(&p, g) }
    }
  }

  /// Lends parameters, gradient and one vector of state.
  func withVectors(
    _ step: UpdateStep, _ a: View,
    _ body: (inout MutableSpan<Element>, Span<Element>, inout MutableSpan<Element>) -> Void
  ) {
    withElements(step.gradient) { g in
      withMutableElements(step.parameters) { p in
        withMutableElements(a) { a in body(&p, g, &a) }
      }
    }
  }

  /// Lends parameters, gradient and two vectors of state.
  func withVectors(
    _ step: UpdateStep, _ a: View, _ b: View,
    _ body: (
      inout MutableSpan<Element>, Span<Element>, inout MutableSpan<Element>,
      inout MutableSpan<Element>
    ) -> Void
  ) {
    withElements(step.gradient) { g in
      withMutableElements(step.parameters) { p in
        withMutableElements(a) { a in
          withMutableElements(b) { b in body(&p, g, &a, &b) }
        }
      }
    }
  }

  /// Lends parameters, gradient and three vectors of state.
  func withVectors(
    _ step: UpdateStep, _ a: View, _ b: View, _ c: View,
    _ body: (
      inout MutableSpan<Element>, Span<Element>, inout MutableSpan<Element>,
      inout MutableSpan<Element>, inout MutableSpan<Element>
    ) -> Void
  ) {
    withElements(step.gradient) { g in
      withMutableElements(step.parameters) { p in
        withMutableElements(a) { a in
          withMutableElements(b) { b in
            withMutableElements(c) { c in body(&p, g, &a, &b, &c) }
          }
        }
      }
    }
  }
}
