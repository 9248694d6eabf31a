import NeuralNetworks

/// What a job may use while it runs, and where it reports to.
struct RunEnvironment {
  let files: DataFiles
  let kernels: Engine.Kernels
  /// Gives data sets that other runs use too.
  var shelf: Engine.Shelf?
  /// Called with the share of the job that is done, from 0 to 1.
  var progress: (Double) -> Void = { _ in }
  var isCancelled: () -> Bool = { false }

  var engineFiles: Engine.Files { files.forEngine }
}

extension DataFiles {
  /// The files as the engine asks for them.
  var forEngine: Engine.Files {
    let read = read
    return { path in if case .success(let bytes) = read(path) { bytes } else { nil } }
  }
}
