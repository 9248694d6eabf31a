internal import Tensors

/// What a pass depends on besides its samples.
struct StepContext: Hashable, Sendable {
  /// N, the samples of this batch.
  var rows: Int
  var isTraining: Bool
  var seed: UInt64
  /// From 0; part of the names of random streams.
  var number: Int
  /// The parameters, if the backward pass steps them by the workspace's rule and does not keep
  /// their gradients.
  var stepping: SteppingParameters?
}
