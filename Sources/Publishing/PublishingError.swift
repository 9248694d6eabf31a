package import Storage

/// Why a site was not published.
package enum PublishingError: Error, Hashable, Sendable {
  case gitMissing
  case notARepository(folder: String)
  /// - Parameter known: The remotes that there are.
  case noRemote(name: String, known: [String])
  case badBranchName(String)
  /// The remote does not answer, or does not let this user in.
  case unreachable(remote: String, reason: String)
  case noIdentity
  /// The remote's branch moved on, or its rules forbid the push.
  case rejected(branch: String, remote: String, reason: String)
  /// Sources that no commit holds yet, from the repository's root.
  case uncommitted(paths: [String])
  case emptySite
  /// The folder holds files that no publishing put there.
  case foreignFolder(path: String)
  case file(FileError)
  /// Git did what nobody expects of it.
  case git(command: String, reason: String)

  /// One plain sentence, in lower case and without a full stop, and what to do about it.
  package var explanation: (message: String, hint: String) {
    switch self {
    case .gitMissing:
      ("there is no git on this machine", "install it: apt-get install git")
    case .notARepository(let folder):
      (
        "`\(folder)` is not in a git repository",
        "make it one with `git init`, or publish to a folder with --folder"
      )
    case .noRemote(let name, let known):
      (
        "the repository has no remote named `\(name)`",
        known.isEmpty
          ? "add it: git remote add \(name) URL"
          : "add it: git remote add \(name) URL, or choose with --remote: \(known.joined(separator: ", "))"
      )
    case .badBranchName(let name):
      ("`\(name)` cannot be the name of a branch", "choose another with --branch")
    case .unreachable(let remote, let reason):
      (
        "the remote `\(remote)` cannot be reached: \(reason)",
        "see whether `git ls-remote \(remote)` works"
      )
    case .noIdentity:
      (
        "git does not know whose commit it should be",
        "tell it: git config user.name \"Your Name\" and git config user.email you@example.com"
      )
    case .rejected(let branch, let remote, let reason):
      (
        "`\(remote)` does not take the new commit on `\(branch)`: \(reason)",
        "publish again if somebody else did at the same time; otherwise ask who keeps the remote"
      )
    case .uncommitted(let paths):
      (
        "\(paths.count == 1 ? "one source is" : "\(paths.count) sources are") not committed: "
          + paths.prefix(3).joined(separator: ", ") + (paths.count > 3 ? ", …" : ""),
        "commit first, or publish as it is with --allow-dirty"
      )
    case .emptySite:
      ("the site has no files", "see whether there are articles in the content folder")
    case .foreignFolder(let path):
      (
        "`\(path)` holds files, and none were published there",
        "choose an empty folder, or one that was published to"
      )
    case .file(let error): error.explanation
    case .git(let command, let reason):
      ("`git \(command)` failed: \(reason)", "see whether the repository is whole: git fsck")
    }
  }
}
