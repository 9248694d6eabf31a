import Storage

/// A branch of a remote repository that holds a built site and nothing else, as GitHub Pages and
/// similar hosts serve it.
///
/// Publishing writes a commit directly into the object database and pushes it. The user's branches,
/// index and working tree are not changed, and no ref is created: a publish that fails or is killed
/// leaves objects that git removes by itself, and the remote's branch unchanged.
package struct GitBranch: Sendable {
  /// A folder within the repository to push from.
  package var repository: String
  /// The name or address of a remote.
  package var remote: String
  /// The branch's name, without `refs/heads/`.
  package var branch: String
  /// The commit's message.
  package var message: String
  /// Files of the branch that stay if the site has none of that name: settings of the host.
  package var keeps = ["CNAME"]

  package init(
    repository: String, remote: String = "origin", branch: String = "gh-pages",
    message: String = "Publish the site"
  ) {
    self.repository = repository
    self.remote = remote
    self.branch = branch
    self.message = message
  }

  /// The outcome of publishing.
  package enum Outcome: Hashable, Sendable {
    case unchanged
    /// - Parameter commit: The branch's new commit.
    case published(PublishingChanges, commit: String)
    /// The changes that a dry run found.
    case wouldPublish(PublishingChanges)
  }

  /// Checks what can be known without the site or the network, so that a wrong name is reported
  /// before a long build and not after it.
  package func check() async throws(PublishingError) {
    let git = Git(folder: repository)
    try await git.check()
    guard try await git.run(["check-ref-format", "refs/heads/" + branch]).isSuccess else {
      throw .badBranchName(branch)
    }
    try await git.check(remote: remote)
  }

  /// Publishes the site as one commit on top of the branch.
  ///
  /// - Parameter isDryRun: Whether to find out what would change without pushing anything.
  package func publish(
    _ site: PublishableSite, isDryRun: Bool = false
  ) async throws(PublishingError) -> Outcome {
    guard !site.paths.isEmpty else { throw .emptySite }
    try await check()
    let git = Git(folder: repository)
    let parent = try await git.tip(of: branch, at: remote)
    if let parent {
      let output = try await git.run(
        ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, parent])
      guard output.isSuccess else { throw .unreachable(remote: remote, reason: output.reason) }
    }
    let tree = try await GitTree(of: site, keeping: keeps, of: parent, in: git).name
    let changes = try await changes(git, from: parent, to: tree)
    if changes.isEmpty, parent != nil { return .unchanged }
    if isDryRun { return .wouldPublish(changes) }
    try await git.checkIdentity()
    let commit = try await git.must(
      ["commit-tree", tree] + (parent.map { ["-p", $0] } ?? []) + ["-F", "-"],
      input: Array((message + "\n").utf8)
    ).text
    try await push(commit, git)
    return .published(changes, commit: commit)
  }

  private func push(_ commit: String, _ git: Git) async throws(PublishingError) {
    let push = try await git.run(
      ["push", "--quiet", "--porcelain", remote, "\(commit):refs/heads/\(branch)"])
    guard push.isSuccess else {
      let rejection = push.text.split(separator: "\n").first { $0.hasPrefix("!") }
      guard let rejection else { throw .unreachable(remote: remote, reason: push.reason) }
      let reason = rejection.split(separator: "\t").last.map(String.init) ?? push.reason
      throw .rejected(branch: branch, remote: remote, reason: reason)
    }
  }

  private func changes(
    _ git: Git, from parent: String?, to tree: String
  ) async throws(PublishingError) -> PublishingChanges {
    guard let parent else {
      let list = try await git.must("ls-tree", "-r", "-z", "--name-only", tree)
      return PublishingChanges(added: Self.fields(list.bytes))
    }
    let list = try await git.must(
      "diff-tree", "-r", "-z", "--no-renames", "--name-status", parent, tree)
    var changes = PublishingChanges()
    let fields = Self.fields(list.bytes)
    for index in stride(from: 0, to: fields.count - 1, by: 2) {
      switch fields[index] {
      case "A": changes.added.append(fields[index + 1])
      case "D": changes.removed.append(fields[index + 1])
      default: changes.changed.append(fields[index + 1])
      }
    }
    return changes
  }

  private static func fields(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }
}
