internal import Tensors

/// A function of one variable with trained parameters, at their current values.
protocol TrainedFunction<Element> {
  associatedtype Element: Scalar
  func value(_ x: Element) -> Element
  func derivative(_ x: Element) -> Element
  /// Adds dL/dparameters of one element to `sums`, in the order of the parameters.
  func addGradient(to sums: Elements<Element>, x: Element, dy: Element)
}

/// A trained function whose value is that of an activation with fixed parameters. NaN gives NaN.
protocol TrainedActivationFunction: TrainedFunction {
  associatedtype Function: ActivationFunction
  var function: Function { get }
}

extension TrainedActivationFunction {
  func value(_ x: Element) -> Element { x.isNaN ? x : function.value(x) }
  func derivative(_ x: Element) -> Element { x.isNaN ? x : function.derivative(x) }
}
