/// The version of the engine that computes results. Its `digest` is generated from the sources at
/// build time by `Plugins/EngineDigest`.
package enum EngineVersion {}

/// The version of the code that parses, draws and writes: a digest of `Experiments`, `Charts` and
/// the foundations that they use, generated in the same way. Cached figures and files are keyed by
/// it too.
package enum RenderingVersion {}
