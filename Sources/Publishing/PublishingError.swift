package import Storage

/// Why a site was not published.
package enum PublishingError: Error, Hashable, Sendable {
  case gitMissing
  case notARepository(folder: String)
  /// - Parameter known: The configured remotes.
  case noRemote(name: String, known: [String])
  case badBranchName(String)
  /// The remote does not answer, or does not let this user in.
  case unreachable(remote: String, reason: String)
  case noIdentity
  /// The remote's branch moved on, or its rules forbid the push.
  case rejected(branch: String, remote: String, reason: String)
  /// Uncommitted sources, by their paths from the site's root.
  case uncommitted(paths: [String])
  case emptySite
  /// The folder has files that were not published there.
  case foreignFolder(path: String)
  case file(FileError)
  /// A git command failed unexpectedly.
  case git(command: String, reason: String)

  /// One plain sentence, in lower case and without a full stop, and what to do about it.
  package var explanation: (message: String, hint: String) {
    switch self {
    case .gitMissing:
      ("git is not installed", "install it: apt-get install git")
    case .notARepository(let folder):
      (
        "`\(folder)` is not in a git repository",
        "run `git init`, or publish to a folder with --folder"
      )
    case .noRemote(let name, let known):
      (
        "the repository has no remote named `\(name)`",
        known.isEmpty
          ? "add it: git remote add \(name) URL"
          : "add it: git remote add \(name) URL, or choose with --remote: \(known.joined(separator: ", "))"
      )
    case .badBranchName(let name):
      ("`\(name)` is not a valid branch name", "choose another with --branch")
    case .unreachable(let remote, let reason):
      (
        "the remote `\(remote)` cannot be reached: \(reason)",
        "check that `git ls-remote \(remote)` works"
      )
    case .noIdentity:
      (
        "git does not know the author of the commit",
        "set it: git config user.name \"Your Name\" and git config user.email you@example.com"
      )
    case .rejected(let branch, let remote, let reason):
      (
        "`\(remote)` rejected the push to `\(branch)`: \(reason)",
        "publish again if somebody else published at the same time; otherwise ask the remote's administrator"
      )
    case .uncommitted(let paths):
      (
        "\(paths.count == 1 ? "one source is" : "\(paths.count) sources are") not committed: "
          + paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? ", …" : ""),
        "commit them, or publish anyway with --allow-dirty"
      )
    case .emptySite:
      ("the site has no files", "check that there are articles in the content folder")
    case .foreignFolder(let path):
      (
        "`\(path)` has files that were not published there",
        "choose an empty folder, or one that was published to before"
      )
    case .file(let error): error.explanation
    case .git(let command, let reason):
      ("`git \(command)` failed: \(reason)", "check the repository with `git fsck`")
    }
  }
}
