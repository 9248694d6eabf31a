import NeuralNetworks

/// The kernels that experiments run on; the choice does not affect results.
package struct EngineKernels: Hashable, Sendable {
  let kernels: Engine.Kernels

  /// The fastest kernels that this machine can run.
  package static let best = EngineKernels(kernels: .best)

  init(kernels: Engine.Kernels) { self.kernels = kernels }

  /// - Throws: An error if no kernels have this name, or if this machine cannot run them.
  package init(named name: String) throws(EngineKernelsError) {
    do throws(Engine.KernelsError) { kernels = try Engine.Kernels(named: name) } catch {
      switch error {
      case .unknown(let name, let known):
        throw EngineKernelsError(
          problem: "`\(name)`, and no kernels have this name", usable: known)
      case .unavailable(let name, let available):
        throw EngineKernelsError(
          problem: "`\(name)`, which this machine cannot run", usable: available)
      }
    }
  }
}

/// Why kernels cannot be used.
package struct EngineKernelsError: Error, Hashable, Sendable {
  /// The requested name and the problem with it: the end of a sentence.
  package var problem: String
  /// Names that can be used instead.
  package var usable: [String]
}
