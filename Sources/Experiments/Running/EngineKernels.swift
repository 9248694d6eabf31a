import NeuralNetworks

/// The kernels that experiments run on.
package enum EngineKernels {
  /// What is wrong with the environment's choice of kernels, and what to do about it; `nil` where
  /// nothing is.
  package static var mistake: (message: String, hint: String)? { Engine.kernelsMistake }
}
