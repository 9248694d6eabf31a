/// Which engine made a result. Its `digest` is written by the build, from the sources themselves: see
/// `Plugins/EngineDigest`.
package enum EngineVersion {}

/// Which code reads, draws and writes: a digest of all of `Experiments`, of `Charts` and `Markup`, made
/// in the same way. Cached figures and files are keyed by it too.
package enum RenderingVersion {}
