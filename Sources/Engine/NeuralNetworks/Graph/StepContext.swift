internal import Tensors

/// The settings of a pass besides its samples.
struct StepContext: Hashable, Sendable {
  /// N, the samples of this batch.
  var rows: Int
  var isTraining: Bool
  var seed: UInt64
  /// The number of the step, from 0; part of the names of random streams.
  var number: Int
  /// The parameters, if the backward pass steps them by the workspace's rule and does not keep
  /// their gradients.
  var stepping: SteppingParameters?
}
