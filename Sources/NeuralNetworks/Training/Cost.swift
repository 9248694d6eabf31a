/// What a run costs, known before it runs.
package struct Cost: Hashable, Sendable {
  package struct Factor: Hashable, Sendable {
    /// The option or the layer's label.
    package var name: String
    package var value: Double
  }

  package var multiplyAdds: Double
  package var bytes: Int
  /// What the multiply-adds are a product of, and the layer that has most of them: the knobs that
  /// lower the cost, the largest first.
  package var factors: [Factor]
}
