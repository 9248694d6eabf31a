/// Which engine made a result. Its `digest` is written by the build, from the sources themselves: see
/// `Plugins/EngineDigest`.
package enum EngineVersion {}

/// Which code reads, draws and writes: a digest of all of `Experiments`, of `Charts` and `Markup`, made
/// in the same way. What is kept of figures and files is kept under it too.
package enum RenderingVersion {}
