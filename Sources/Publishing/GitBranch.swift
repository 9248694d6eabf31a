import Storage

/// A branch of a remote repository that holds a built site and nothing else, as GitHub Pages and its
/// like serve it.
///
/// Publishing writes a commit straight into the object database and pushes it. The user's branches,
/// index and working tree are never touched, and a publish that fails leaves nothing behind.
package struct GitBranch: Sendable {
  /// A folder within the repository to push from.
  package var repository: String
  /// A remote's name, or an address.
  package var remote: String
  package var branch: String
  /// The commit's message.
  package var message: String
  /// Files of the branch that stay when the site has none by that name: a host's settings.
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

  /// What came of it.
  package enum Outcome: Hashable, Sendable {
    case unchanged
    /// - Parameter commit: The branch's new one.
    case published(PublishingChanges, commit: String)
    /// A dry run.
    case wouldPublish(PublishingChanges)
  }

  /// Checks what can be known without the site or the network, so that a wrong name is told before a
  /// long build and not after it.
  package func check() async throws(PublishingError) {
    let git = Git(folder: repository)
    try await git.check()
    guard try await git.run(["check-ref-format", "refs/heads/" + branch]).isSuccess else {
      throw .badBranchName(branch)
    }
    try await git.check(remote: remote)
  }

  /// Makes the branch hold the site, in one commit on top of what is there.
  ///
  /// - Parameter isDryRun: Finds out what would change and pushes nothing.
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
    // The one name that keeps the commit alive until it is pushed.
    let reference = "refs/sitegen/publish"
    let stream = try await stream(of: site, on: parent, git, reference)
    try await git.must("fast-import", "--quiet", "--force", "--done", input: stream)
    let outcome: Result<Outcome, PublishingError>
    do throws(PublishingError) {
      outcome = .success(try await finish(git, reference, parent, isDryRun))
    } catch {
      outcome = .failure(error)
    }
    try await git.must("update-ref", "-d", reference)
    return try outcome.get()
  }

  private func finish(
    _ git: Git, _ reference: String, _ parent: String?, _ isDryRun: Bool
  ) async throws(PublishingError) -> Outcome {
    let changes = try await changes(git, from: parent, to: reference)
    if changes.isEmpty, parent != nil { return .unchanged }
    if isDryRun { return .wouldPublish(changes) }
    let commit = try await git.must("rev-parse", reference).text
    let push = try await git.run(
      ["push", "--quiet", "--porcelain", remote, "\(commit):refs/heads/\(branch)"])
    guard push.isSuccess else {
      let rejection = push.text.split(separator: "\n").first { $0.hasPrefix("!") }
      guard let rejection else { throw .unreachable(remote: remote, reason: push.reason) }
      let reason = rejection.split(separator: "\t").last.map(String.init) ?? push.reason
      throw .rejected(branch: branch, remote: remote, reason: reason)
    }
    return .published(changes, commit: commit)
  }

  private func changes(
    _ git: Git, from parent: String?, to reference: String
  ) async throws(PublishingError) -> PublishingChanges {
    guard let parent else {
      let list = try await git.must("ls-tree", "-r", "-z", "--name-only", reference)
      return PublishingChanges(added: Self.fields(list.bytes))
    }
    let list = try await git.must(
      "diff-tree", "-r", "-z", "--no-renames", "--name-status", parent, reference)
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

  // MARK: The commit, in the language of git fast-import

  private func stream(
    of site: PublishableSite, on parent: String?, _ git: Git, _ reference: String
  ) async throws(PublishingError) -> [UInt8] {
    var stream: [UInt8] = []
    func line(_ text: String) { stream.append(contentsOf: (text + "\n").utf8) }
    func data(_ bytes: [UInt8]) {
      line("data \(bytes.count)")
      stream.append(contentsOf: bytes)
      stream.append(UInt8(ascii: "\n"))
    }
    line("feature done")
    line("commit \(reference)")
    line("author \(try await git.identity("AUTHOR"))")
    line("committer \(try await git.identity("COMMITTER"))")
    data(Array((message + "\n").utf8))
    if let parent { line("from \(parent)") }
    line("deleteall")
    for path in site.paths {
      line("M 100644 inline \(Self.quoted(path))")
      do throws(FileError) { data(try site.read(path)) } catch { throw .file(error) }
    }
    // Without it GitHub runs Jekyll over the site.
    if !site.paths.contains(".nojekyll") {
      line("M 100644 inline .nojekyll")
      data([])
    }
    if let parent {
      for path in keeps where !site.paths.contains(path) {
        let entry = try await git.must("ls-tree", parent, "--", path).text
        let fields = entry.split { $0 == " " || $0 == "\t" }
        if fields.count >= 3, fields[1] == "blob" {
          line("M \(fields[0]) \(fields[2]) \(Self.quoted(path))")
        }
      }
    }
    line("done")
    return stream
  }

  /// A path as git reads one that may hold anything.
  private static func quoted(_ path: String) -> String {
    var quoted = "\""
    for scalar in path.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
