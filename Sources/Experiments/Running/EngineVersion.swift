/// Which engine made a result. Its `digest` is written by the build, from the sources themselves: see
/// `Plugins/EngineDigest`.
package enum EngineVersion {}
