package import Diagnostics
import NeuralNetworks

extension ExperimentRunner {
  /// The final weights of a block's training, as a safetensors file. The network is trained for
  /// this, since the cache stores only what pages show.
  ///
  /// - Parameter progress: Called with the completed fraction of the training, from 0 to 1.
  /// - Returns: `nil` and a diagnostic for a block that does not train exactly one network.
  package func weights(
    of experiment: Experiment, progress: (Double) -> Void = { _ in },
    isCancelled: () -> Bool = { false }
  ) -> (file: [UInt8]?, mistake: Diagnostic?) {
    guard experiment.plans.count == 1, let plan = experiment.plans.first,
      let spec = plan.job.training
    else { return (nil, .noWeights(experiment)) }
    do throws(EngineError) {
      let weights = try Engine.weights(
        spec, files: files.forEngine, kernels: kernels.kernels,
        progress: { progress(Double($0.epoch) / Double(max(1, $0.epochs))) },
        isCancelled: isCancelled)
      return (weights.bytes(), nil)
    } catch {
      return (nil, .engine(error, at: plan.places.verb, plan.places, experiment.file.path))
    }
  }
}

extension Diagnostic {
  fileprivate static func noWeights(_ experiment: Experiment) -> Diagnostic {
    let isSweep = experiment.plans.first?.job.training != nil
    return Diagnostic(
      "nn.no-weights", path: experiment.file.path, range: experiment.range,
      message: isSweep
        ? "the block trains \(experiment.plans.count) networks, and --weights writes one's"
        : "`\(experiment.verb.rawValue)` trains nothing that --weights could write",
      hint: isSweep
        ? "give each variable one value, as in --set \(example(experiment))"
        : "name a block that begins with `train`")
  }

  private static func example(_ experiment: Experiment) -> String {
    guard let variable = experiment.variables.first, let value = variable.values.first else {
      return "repeats=1"
    }
    return "\(variable.name)=\(value)"
  }
}
