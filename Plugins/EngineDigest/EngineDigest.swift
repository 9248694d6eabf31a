import Foundation
import PackagePlugin

/// Gives `Experiments` digests of the code that decides a result, and of the code that decides how it
/// is drawn and written. They are made anew whenever one of those files changes: nobody can forget to
/// count up a version.
@main
struct EngineDigest: BuildToolPlugin {
  /// A digest, and the sources that it is of.
  private struct Version {
    /// The enum that gets it.
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
    let versions = [
      // The engine, what turns its numbers into outcomes, and the form in which those are kept.
      Version(
        type: "EngineVersion", words: "A digest of the code that decides results.",
        folders: folders(of: "CKernels", "Tensors", "NeuralNetworks", "DecimalText")
          + inTarget("Execution", "Results/Serialization")),
      Version(
        type: "RenderingVersion", words: "A digest of the code that decides how results look.",
        folders: folders(of: "Charts", "DecimalText", "Localization", "Markup") + [
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
