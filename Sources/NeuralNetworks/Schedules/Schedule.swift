/// The learning rate over the epochs.
package struct Schedule: Sendable {
  private let base: Double

  package init(_ term: Term, base: Double, epochs: Int) throws(EngineError) { self.base = base }

  package var rate: Double { base }
  package var momentum: Double? { nil }
  package var watchesAccuracy: Bool { false }
  package mutating func endEpoch(metric: Double) {}
}
