/// A function of one variable on the elements of a view, its loops inside: called once a view.
package struct ElementwiseMap<S: Scalar>: Sendable {
  package let value: @Sendable (S) -> S
  package let derivative: @Sendable (S) -> S
  /// `y = f(x)`; x and y of one length.
  package let apply: @Sendable (_ x: Elements<S>, _ y: Elements<S>) -> Void
  /// `dx = dy ⊙ f'(x)`; all of one length, dx may be dy.
  package let applyDerivative:
    @Sendable (_ x: Elements<S>, _ dy: Elements<S>, _ dx: Elements<S>) -> Void

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
