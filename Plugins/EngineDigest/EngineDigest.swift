import Foundation
import PackagePlugin

/// Gives `Experiments` a digest of everything that decides a result, made anew whenever one of those
/// files changes: nobody can forget to count up a version.
@main
struct EngineDigest: BuildToolPlugin {
  /// The engine, and what turns its numbers into outcomes.
  private static let targets = ["CKernels", "Tensors", "NeuralNetworks"]
  private static let folders = ["Running"]

  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let engine = context.package.targets.filter { Self.targets.contains($0.name) }
      .map(\.directoryURL)
    let running = Self.folders.map { target.directoryURL.appending(path: $0) }
    let root = context.package.directoryURL
    let files = (engine + running).flatMap(sources).sorted { $0.path < $1.path }
    let output = context.pluginWorkDirectoryURL.appending(path: "EngineVersion+Digest.swift")
    return [
      .buildCommand(
        displayName: "Digest of the engine's sources",
        executable: try context.tool(named: "engine-digest").url,
        arguments: [output.path, root.path] + files.map(\.path), inputFiles: files,
        outputFiles: [output])
    ]
  }

  private func sources(in folder: URL) -> [URL] {
    let walk = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (walk?.allObjects as? [URL] ?? []).filter {
      ["swift", "c", "h", "inc", "S"].contains($0.pathExtension)
    }
  }
}
