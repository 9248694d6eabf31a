import Subprocess

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Git in one repository, through its plumbing commands: nothing here reads the index or the
/// working tree, except for ``uncommittedPaths(below:)``, which only reads.
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

    /// The error that git reports, as one line.
    var reason: String {
      let lines = error.split(separator: "\n").map(String.init)
      let telling =
        lines.last { $0.hasPrefix("fatal: ") || $0.hasPrefix("error: ") } ?? lines.last
        ?? "no reason"
      return telling.replacing("fatal: ", with: "").replacing("error: ", with: "")
    }
  }

  let folder: String

  /// Turns off the maintenance that git may run after a command: stopped halfway, it leaves a lock
  /// that prevents all later maintenance.
  private static let withoutUpkeep = ["-c", "gc.auto=0", "-c", "maintenance.auto=false"]

  /// Runs git; a nonzero exit status is not an error. Messages are in English, regardless of the
  /// user's language.
  ///
  /// The input is written to a file before git starts: if it were piped, killing this process would
  /// leave git with half of it, and git would leave a crash report in the repository.
  func run(_ arguments: [String], input: [UInt8] = []) async throws(PublishingError) -> Output {
    let result: ExecutionResult<Void, BytesOutput, BytesOutput>
    guard let descriptor = Self.openUnnamed(holding: input) else {
      throw .git(
        command: arguments.first ?? "", reason: "no temporary file can be written for what it reads"
      )
    }
    do {
      result = try await Subprocess.run(
        .name("git"), arguments: Arguments(["-C", folder] + Self.withoutUpkeep + arguments),
        environment: .inherit.updating(["LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"]),
        input: .fileDescriptor(Self.handle(descriptor), closeAfterSpawningProcess: true),
        output: .bytes(limit: 256 << 20), error: .bytes(limit: 1 << 20))
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw .gitMissing
    } catch {
      throw .git(command: arguments.first ?? "", reason: "\(error)")
    }
    return Output(
      isSuccess: result.terminationStatus.isSuccess, bytes: result.standardOutput,
      error: String(decoding: result.standardError, as: UTF8.self))
  }

  /// Opens an unnamed file that holds the bytes, positioned at its beginning; `nil` if none can be
  /// made.
  private static func openUnnamed(holding bytes: [UInt8]) -> CInt? {
    guard let file = unsafe tmpfile() else { return nil }
    let descriptor = unsafe fcntl(fileno(file), F_DUPFD_CLOEXEC, 0)
    unsafe fclose(file)
    guard descriptor >= 0 else { return nil }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { break }
    }
    if rest.isEmpty, lseek(descriptor, 0, SEEK_SET) == 0 { return descriptor }
    close(descriptor)
    return nil
  }

  /// Converts a descriptor to the type that Subprocess takes, whose module is not a declared
  /// dependency.
  private static func handle<Handle: RawRepresentable<CInt>>(_ descriptor: CInt) -> Handle {
    guard let handle = Handle(rawValue: descriptor) else {
      preconditionFailure("no descriptor of that number")
    }
    return handle
  }

  /// Runs git, whose failure is an error.
  @discardableResult
  func must(_ arguments: String...) async throws(PublishingError) -> Output {
    try await must(arguments)
  }

  /// Runs git, whose failure is an error.
  @discardableResult
  func must(_ arguments: [String], input: [UInt8] = []) async throws(PublishingError) -> Output {
    let output = try await run(arguments, input: input)
    guard output.isSuccess else {
      throw .git(command: arguments.joined(separator: " "), reason: output.reason)
    }
    return output
  }

  /// - Throws: If git is not installed or the folder is not in a repository.
  func check() async throws(PublishingError) {
    let output = try await run(["rev-parse", "--git-dir"])
    if !output.isSuccess { throw .notARepository(folder: folder) }
  }

  /// Checks that a remote is known; an address or a path needs no name.
  func check(remote: String) async throws(PublishingError) {
    let known = try await must("remote").text.split(separator: "\n").map(String.init)
    if known.contains(remote) || remote.contains("/") || remote.contains(":") { return }
    throw .noRemote(name: remote, known: known)
  }

  /// The commit that a remote's branch points to; `nil` if there is no such branch.
  func tip(of branch: String, at remote: String) async throws(PublishingError) -> String? {
    let output = try await run(["ls-remote", remote, "refs/heads/" + branch])
    guard output.isSuccess else { throw .unreachable(remote: remote, reason: output.reason) }
    return output.text.split(separator: "\t").first.map(String.init)
  }

  /// - Throws: If git has no name and email address for the commit's author.
  func checkIdentity() async throws(PublishingError) {
    for role in ["AUTHOR", "COMMITTER"] {
      let output = try await run(["-c", "user.useConfigOnly=true", "var", "GIT_\(role)_IDENT"])
      guard output.isSuccess else { throw .noIdentity }
    }
  }

  /// The uncommitted files below a folder of the working tree, by their paths from the folder.
  func uncommittedPaths(below folder: String) async throws(PublishingError) -> [String] {
    let output = try await must("status", "--porcelain", "-z", "--no-renames", "--", folder)
    return output.bytes.split(separator: 0).map {
      String(decoding: $0.dropFirst(3), as: UTF8.self)
    }.sorted()
  }
}
