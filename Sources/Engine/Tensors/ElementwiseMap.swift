/// A function of one variable and its derivative, with loops over a view's elements, so that a
/// closure is called once for each view instead of once for each element.
package struct ElementwiseMap<S: Scalar>: Sendable {
  /// `f(x)`.
  package let value: @Sendable (S) -> S
  /// `f'(x)`.
  package let derivative: @Sendable (S) -> S
  /// `y = f(x)` for elements of equal count.
  package let apply: @Sendable (_ x: Elements<S>, _ y: Elements<S>) -> Void
  /// `dx = dy ⊙ f'(x)` for elements of equal count; dx may be dy.
  package let applyDerivative:
    @Sendable (_ x: Elements<S>, _ dy: Elements<S>, _ dx: Elements<S>) -> Void

  /// A map from its four forms, which have to agree.
  package init(
    value: @escaping @Sendable (S) -> S, derivative: @escaping @Sendable (S) -> S,
    apply: @escaping @Sendable (_ x: Elements<S>, _ y: Elements<S>) -> Void,
    applyDerivative:
      @escaping @Sendable (
        _ x: Elements<S>, _ dy: Elements<S>, _ dx: Elements<S>
      ) -> Void
  ) {
    self.value = value
    self.derivative = derivative
    self.apply = apply
    self.applyDerivative = applyDerivative
  }
}
