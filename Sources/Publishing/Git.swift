import Subprocess

/// Git in one repository, by its plumbing: nothing here looks at the index or the working tree, but
/// for ``uncommittedPaths(below:)``, which only reads.
struct Git: Sendable {
  struct Output {
    var isSuccess: Bool
    var bytes: [UInt8]
    var error: String

    /// Without line feeds at its end.
    var text: String {
      var text = String(decoding: bytes, as: UTF8.self)
      while text.last == "\n" { text.removeLast() }
      return text
    }

    /// What git says went wrong, as one line.
    var reason: String {
      let lines = error.split(separator: "\n").map(String.init)
      let telling =
        lines.last { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.last
        ?? "no reason"
      return telling.replacing("fatal: ", with: "").replacing("error: ", with: "")
    }
  }

  let folder: String

  /// Runs git whatever its exit code. Messages come in English, whatever the user's language.
  func run(_ arguments: [String], input: [UInt8] = []) async throws(PublishingError) -> Output {
    let result: ExecutionResult<Void, BytesOutput, BytesOutput>
    do {
      result = try await Subprocess.run(
        .name("git"), arguments: Arguments(["-C", folder] + arguments),
        environment: .inherit.updating(["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"]),
        input: .array(input), output: .bytes(limit: 256 << 20), error: .bytes(limit: 1 << 20))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw .gitMissing
    } catch {
      throw .git(command: arguments.first ?? "", reason: "\(error)")
    }
    return Output(
      isSuccess: result.terminationStatus.isSuccess, bytes: result.standardOutput,
      error: String(decoding: result.standardError, as: UTF8.self))
  }

  /// Runs git where only success is expected.
  @discardableResult
  func must(_ arguments: String...) async throws(PublishingError) -> Output {
    try await must(arguments)
  }

  /// Runs git where only success is expected.
  @discardableResult
  func must(_ arguments: [String], input: [UInt8] = []) async throws(PublishingError) -> Output {
    let output = try await run(arguments, input: input)
    guard output.isSuccess else {
      throw .git(command: arguments.joined(separator: " "), reason: output.reason)
    }
    return output
  }

  /// - Throws: Where there is no git or no repository.
  func check() async throws(PublishingError) {
    let output = try await run(["rev-parse", "--git-dir"])
    if !output.isSuccess { throw .notARepository(folder: folder) }
  }

  /// Checks that a remote is known; an address stands for itself.
  func check(remote: String) async throws(PublishingError) {
    let known = try await must("remote").text.split(separator: "\n").map(String.init)
    if known.contains(remote) || remote.contains("/") || remote.contains(":") { return }
    throw .noRemote(name: remote, known: known)
  }

  /// The commit that a remote's branch is at; `nil` where there is no such branch.
  func tip(of branch: String, at remote: String) async throws(PublishingError) -> String? {
    let output = try await run(["ls-remote", remote, "refs/heads/" + branch])
    guard output.isSuccess else { throw .unreachable(remote: remote, reason: output.reason) }
    return output.text.split(separator: "\t").first.map(String.init)
  }

  /// - Throws: Where git does not know whose commits it makes.
  func checkIdentity() async throws(PublishingError) {
    for role in ["AUTHOR", "COMMITTER"] {
      let output = try await run(["-c", "user.useConfigOnly=true", "var", "GIT_\(role)_IDENT"])
      guard output.isSuccess else { throw .noIdentity }
    }
  }

  /// What the working tree has below a folder of it and no commit has, from the folder.
  func uncommittedPaths(below folder: String) async throws(PublishingError) -> [String] {
    let output = try await must("status", "--porcelain", "-z", "--no-renames", "--", folder)
    return output.bytes.split(separator: 0).map {
      String(decoding: $0.dropFirst(3), as: UTF8.self)
    }.sorted()
  }
}
