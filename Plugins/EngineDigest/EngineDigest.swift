import Foundation
import PackagePlugin

/// Gives `Experiments` digests of the code that determines results, and of the code that determines
/// how they are drawn and written. The digests are recomputed whenever one of those files changes,
/// so that no one has to remember to raise a version. `EngineDigestTests` recomputes them from the
/// files that must be included.
@main
struct EngineDigest: BuildToolPlugin {
  /// A digest and its sources.
  private struct Version {
    /// The enum that receives the digest.
    var type: String
    var words: String
    var folders: [URL]
  }

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    func folders(of targets: String...) -> [URL] {
      context.package.targets.filter { targets.contains($0.name) }.map(\.directoryURL)
    }
    func inTarget(_ paths: String...) -> [URL] {
      paths.map { target.directoryURL.appending(path: $0) }
    }
    // The job of each verb and the names of its results are in the verb's folder `Execution`.
    let verbs = try FileManager.default.contentsOfDirectory(
      at: target.directoryURL.appending(path: "Verbs"),
      includingPropertiesForKeys: [.isDirectoryKey])
    let jobs = try verbs.filter { try $0.resourceValues(forKeys: [.isDirectoryKey]).isDirectory! }
      .map { $0.appending(path: "Execution") }
    let versions = [
      // The engine, the code that turns its numbers into results, and the format in which those are
      // stored.
      Version(
        type: "EngineVersion", words: "A digest of the code that decides results.",
        folders: folders(of: "CKernels", "Tensors", "NeuralNetworks", "DecimalText", "JSON")
          + inTarget("Execution", "Results/Serialization", "Results/Tables") + jobs),
      Version(
        type: "RenderingVersion", words: "A digest of the code that decides how results look.",
        folders: folders(of: "Charts", "DecimalText", "JSON", "Localization", "Markup") + [
          target.directoryURL
        ]),
    ]
    return try versions.map { version in
      let files = version.folders.flatMap(sources).sorted { $0.path < $1.path }
      let output = context.pluginWorkDirectoryURL.appending(path: "\(version.type)+Digest.swift")
      return .buildCommand(
        displayName: "Digest of the sources for \(version.type)",
        executable: try context.tool(named: "engine-digest").url,
        arguments: [output.path, version.type, version.words, context.package.directoryURL.path]
          + files.map(\.path),
        inputFiles: files, outputFiles: [output])
    }
  }

  private func sources(in folder: URL) -> [URL] {
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (walk?.allObjects as? [URL] ?? []).filter {
      ["swift", "c", "h", "inc", "S", "css"].contains($0.pathExtension)
    }
  }
}
