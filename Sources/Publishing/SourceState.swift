/// Whether the sources that a site was built from are committed.
package enum SourceState: Hashable, Sendable {
  /// - Parameter commit: Its short name.
  case committed(commit: String)
  case uncommitted(paths: [String])
  /// Not in a repository, or in one without a commit.
  case unknown

  /// - Parameters:
  ///   - folder: The site's root.
  ///   - output: The folder that builds write to, whose state does not matter.
  package static func of(
    _ folder: String, output: String
  ) async throws(PublishingError) -> SourceState {
    let git = Git(folder: folder)
    let commit = try await git.run(["rev-parse", "--short", "HEAD"])
    guard commit.isSuccess else { return .unknown }
    let prefix = try await git.must("rev-parse", "--show-prefix").text
    let paths = try await git.uncommittedPaths(below: ".").filter { path in
      let fromFolder = path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
      let absolute = folder + "/" + fromFolder
      // The state of earlier builds is not a source.
      return !fromFolder.hasPrefix(".sitegen/") && absolute != output
        && !absolute.hasPrefix(output + "/")
        && !(absolute.hasSuffix("/") && output.hasPrefix(absolute))
    }
    return paths.isEmpty ? .committed(commit: commit.text) : .uncommitted(paths: paths)
  }
}
