import NeuralNetworks

/// The resources of a running job, and its progress callbacks.
struct RunEnvironment {
  let files: DataFiles
  let kernels: Engine.Kernels
  /// Returns data sets that are shared with other runs.
  var shelf: Engine.Shelf?
  /// Called with the completed fraction of the job, from 0 to 1.
  var progress: (Double) -> Void = { _ in }
  var isCancelled: () -> Bool = { false }

  var engineFiles: Engine.Files { files.forEngine }
}

extension DataFiles {
  /// The files in the form that the engine uses.
  var forEngine: Engine.Files {
    let read = read
    return { path in if case .success(let bytes) = read(path) { bytes } else { nil } }
  }
}
