import ArgumentParser
import Foundation
import NeuralNetworks
import Tensors

/// The kernels named by `SITEGEN_KERNELS`, by default the machine's fastest.
enum ChosenKernels {
  private static var name: String {
    ProcessInfo.processInfo.environment["SITEGEN_KERNELS", default: ""]
  }

  static var table: KernelTable {
    get throws {
      guard !name.isEmpty else { return .best }
      do { return try KernelTable.named(name) } catch {
        throw ValidationError("SITEGEN_KERNELS: \(error)")
      }
    }
  }

  static var ofEngine: Engine.Kernels {
    get throws { name.isEmpty ? .best : try Engine.Kernels(named: name) }
  }
}
