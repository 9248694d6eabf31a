internal import Tensors

/// Any function of one variable with its derivative, for both scalars. NaN gives NaN.
struct ScalarFunction: Sendable {
  let kinks: [Double]
  let kernel: Function?
  let fusesInDouble: Bool
  let gain: Double
  private let float: ElementwiseMap<Float>
  private let double: ElementwiseMap<Double>

  init(_ function: some ActivationFunction) {
    kinks = function.kinks
    kernel = function.kernel
    fusesInDouble = function.fusesInDouble
    gain = function.gain
    float = ElementwiseMap(function)
    double = ElementwiseMap(function)
  }

  /// The function of an activation's term; nil for activations of whole rows.
  init?(_ term: Term) {
    guard let activation = Activation.named(term.name) else { return nil }
    self = activation.function(term)
  }

  static let identity = ScalarFunction(Identity())

  /// The function for one type of elements.
  func map<S: Scalar>(of type: S.Type = S.self) -> ElementwiseMap<S> { S.choose(float, double) }

  func value<S: Scalar>(_ x: S) -> S { map().value(x) }
  func derivative<S: Scalar>(_ x: S) -> S { map().derivative(x) }
}

extension ElementwiseMap {
  init(_ function: some ActivationFunction) {
    self.init(
      value: { $0.isNaN ? $0 : function.value($0) },
      derivative: { $0.isNaN ? $0 : function.derivative($0) },
      apply: { x, y in
        for index in 0..<x.count {
          let x = x[index]
          y[index] = x.isNaN ? x : function.value(x)
        }
      },
      applyDerivative: { x, dy, dx in
        for index in 0..<x.count {
          let x = x[index]
          dx[index] = dy[index] * (x.isNaN ? x : function.derivative(x))
        }
      })
  }
}
