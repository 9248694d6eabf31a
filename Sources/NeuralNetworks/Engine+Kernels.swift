import Tensors

extension Engine {
  /// What is wrong with the environment's `SITEGEN_KERNELS`, as one plain sentence in lower case and
  /// without a full stop, and what to do about it; `nil` where nothing is. The engine then runs on the
  /// fastest kernels, with the same results.
  package static var kernelsMistake: (message: String, hint: String)? {
    guard case .failure(let error) = KernelTable.selection else { return nil }
    return switch error {
    case .unknown(let name, let known):
      (
        "SITEGEN_KERNELS asks for `\(name)`, and no kernels have this name",
        "one of \(known.map { "`\($0)`" }.joined(separator: ", ")), or leave it unset"
      )
    case .unavailable(let name, let available):
      (
        "SITEGEN_KERNELS asks for `\(name)`, which this machine cannot run",
        "one of \(available.map { "`\($0)`" }.joined(separator: ", ")), or leave it unset"
      )
    }
  }
}
