import NeuralNetworks

/// The kernels that experiments run on: never shows in a result.
package struct EngineKernels: Hashable, Sendable {
  let kernels: Engine.Kernels

  /// The fastest that this machine can run.
  package static let best = EngineKernels(kernels: .best)

  init(kernels: Engine.Kernels) { self.kernels = kernels }

  /// - Throws: Where no kernels have this name, or this machine cannot run them.
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
  /// What was asked for and is wrong with it: the end of a sentence.
  package var problem: String
  /// Names that may be asked for instead.
  package var usable: [String]
}
