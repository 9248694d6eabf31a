/// Which engine made a result.
package enum EngineVersion {
  /// A digest of everything that decides a result.
  package static let digest = "unknown"
}
