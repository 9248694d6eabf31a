import Publishing
import Storage
import Subprocess
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// A bare repository and a checkout that pushes to it, in a folder of their own.
struct Playground {
  let folder: String
  var bare: String { folder + "/remote.git" }
  var checkout: String { folder + "/checkout" }
  var branch: GitBranch { GitBranch(repository: checkout) }

  static func with(
    _ body: (Playground) async throws -> Void
  ) async throws {
    let folder = "/tmp/sitegen-publishing-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    try FileSystem.makeFolder(folder)
    defer { try? FileSystem.removeTree(folder) }
    let playground = Playground(folder: folder)
    try await playground.git("init", "--quiet", "--bare", playground.bare)
    try await playground.git("init", "--quiet", "-b", "main", playground.checkout)
    try await playground.inCheckout("config", "user.name", "Ada Lovelace")
    try await playground.inCheckout("config", "user.email", "ada@example.com")
    try await playground.inCheckout("remote", "add", "origin", playground.bare)
    try FileSystem.write(Array("# Article\n".utf8), to: playground.checkout + "/content/a.md")
    try await playground.inCheckout("add", ".")
    try await playground.inCheckout("commit", "--quiet", "-m", "First")
    try await body(playground)
  }

  @discardableResult
  func git(_ arguments: String...) async throws -> String { try await run(arguments) }

  @discardableResult
  func inCheckout(_ arguments: String...) async throws -> String {
    try await run(["-C", checkout] + arguments)
  }

  @discardableResult
  func inBare(_ arguments: String...) async throws -> String {
    try await run(["-C", bare] + arguments)
  }

  /// Runs git without the user's own configuration.
  private func run(_ arguments: [String]) async throws -> String {
    let result = try await Subprocess.run(
      .name("git"), arguments: Arguments(arguments),
      environment: .inherit.updating(["GIT_CONFIG_GLOBAL": "/dev/null", "LC_ALL": "C"]),
      output: .string(limit: 1 << 20), error: .string(limit: 1 << 20))
    try #require(result.terminationStatus.isSuccess, "\(arguments): \(result.standardError)")
    var text = result.standardOutput
    while text.last == "\n" { text.removeLast() }
    return text
  }

  func files(at commit: String = "gh-pages") async throws -> [String] {
    try await inBare("-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", commit)
      .split(separator: "\n").map(String.init)
  }
}

private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

struct CommittedFilesTests {
  @Test func aFolderIsReadAsACommitHasIt() async throws {
    try await Playground.with { playground in
      let folder = playground.checkout + "/site"
      try FileSystem.write(bytes("one\n"), to: folder + "/data/a b\"c.json")
      try FileSystem.write([0, 10, 255], to: folder + "/data/注/b.bin")
      try FileSystem.write([], to: folder + "/data/empty")
      try FileSystem.write(bytes("no"), to: folder + "/other")
      try await playground.inCheckout("add", ".")
      try await playground.inCheckout("commit", "--quiet", "-m", "Second")
      try FileSystem.write(bytes("two\n"), to: folder + "/data/a b\"c.json")
      let files = try await CommittedFiles.read("data", of: folder, at: "HEAD")
      #expect(
        files == [
          "data/a b\"c.json": bytes("one\n"), "data/注/b.bin": [0, 10, 255], "data/empty": [],
        ])
      #expect(try await CommittedFiles.read("data", of: folder, at: "HEAD~1") == [:])
      #expect(try await CommittedFiles.read("data", of: folder, at: "no-such") == nil)
      #expect(try await CommittedFiles.read("data", of: "/", at: "HEAD") == nil)
    }
  }
}

private let site = PublishableSite([
  "index.html": bytes("<p>home</p>\n"), "notes/深度/index.html": bytes("深度学习"),
  "a b\"c.txt": bytes("odd name"), "empty.txt": [], "image.png": [0, 1, 2, 255, 10, 13],
])

struct GitBranchTests {
  @Test func theFirstPublishMakesABranchOfItsOwn() async throws {
    try await Playground.with { playground in
      let outcome = try await playground.branch.publish(site)
      guard case .published(let changes, let commit) = outcome else {
        Issue.record("\(outcome)")
        return
      }
      #expect(changes.added.count == 6 && changes.changed.isEmpty && changes.removed.isEmpty)
      #expect(try await playground.inBare("rev-parse", "gh-pages") == commit)
      #expect(try await playground.inBare("rev-list", "--count", "gh-pages") == "1")
      let files = try await playground.inBare("ls-tree", "-r", "-z", "--name-only", "gh-pages")
      #expect(Set(files.split(separator: "\0").map(String.init)) == Set(site.paths + [".nojekyll"]))
      for path in ["index.html", "notes/深度/index.html", "a b\"c.txt", "empty.txt"] {
        let expected = String(decoding: try site.read(path), as: UTF8.self)
        let found = try await playground.inBare("show", "gh-pages:\(path)")
        #expect(found == expected.split(separator: "\n").joined(separator: "\n"))
      }
      #expect(
        try await playground.inBare("cat-file", "-s", "gh-pages:image.png") == "6")
      #expect(
        try await playground.inBare("log", "-1", "--format=%an <%ae> %s", "gh-pages")
          == "Ada Lovelace <ada@example.com> Publish the site")
    }
  }

  @Test func theSecondPublishCommitsOnlyWhatChanged() async throws {
    try await Playground.with { playground in
      _ = try await playground.branch.publish(site)
      let next = PublishableSite([
        "index.html": bytes("<p>new</p>\n"), "empty.txt": [], "added.txt": bytes("x"),
        "notes/深度/index.html": bytes("深度学习"), "image.png": [0, 1, 2, 255, 10, 13],
      ])
      guard case .published(let changes, _) = try await playground.branch.publish(next) else {
        Issue.record("not published")
        return
      }
      #expect(
        changes
          == PublishingChanges(
            added: ["added.txt"], changed: ["index.html"], removed: ["a b\"c.txt"]))
      #expect(try await playground.inBare("rev-list", "--count", "gh-pages") == "2")
    }
  }

  @Test func anUnchangedSiteIsNotPublished() async throws {
    try await Playground.with { playground in
      _ = try await playground.branch.publish(site)
      let before = try await playground.inBare("rev-parse", "gh-pages")
      #expect(try await playground.branch.publish(site) == .unchanged)
      #expect(try await playground.inBare("rev-parse", "gh-pages") == before)
    }
  }

  @Test func aDryRunTellsAndPushesNothing() async throws {
    try await Playground.with { playground in
      guard
        case .wouldPublish(let changes) = try await playground.branch.publish(
          site, isDryRun: true)
      else {
        Issue.record("no dry run")
        return
      }
      #expect(changes.added.contains("index.html"))
      #expect(try await playground.inBare("for-each-ref") == "")
    }
  }

  @Test func theHostsOwnFilesStay() async throws {
    try await Playground.with { playground in
      let first = PublishableSite(["index.html": bytes("a"), "CNAME": bytes("example.com\n")])
      _ = try await playground.branch.publish(first)
      _ = try await playground.branch.publish(PublishableSite(["index.html": bytes("b")]))
      #expect(try await playground.files() == [".nojekyll", "CNAME", "index.html"])
      #expect(try await playground.inBare("show", "gh-pages:CNAME") == "example.com")
    }
  }

  @Test func theCheckoutIsNeverTouched() async throws {
    try await Playground.with { playground in
      try FileSystem.write(bytes("work in progress"), to: playground.checkout + "/content/a.md")
      try FileSystem.write(bytes("staged"), to: playground.checkout + "/staged.md")
      try await playground.inCheckout("add", "staged.md")
      let before = try await playground.inCheckout("status", "--porcelain=v2", "--branch")
      let index = try FileSystem.read(playground.checkout + "/.git/index")
      _ = try await playground.branch.publish(site)
      #expect(try await playground.inCheckout("status", "--porcelain=v2", "--branch") == before)
      #expect(try FileSystem.read(playground.checkout + "/.git/index") == index)
      #expect(try await playground.inCheckout("for-each-ref", "refs/sitegen") == "")
      #expect(
        try await playground.inCheckout("for-each-ref", "refs/heads").contains("gh-pages") == false)
    }
  }

  @Test func somebodyElsesCommitIsBuiltUpon() async throws {
    try await Playground.with { playground in
      _ = try await playground.branch.publish(site)
      // Another clone publishes a commit that this one has never seen.
      let other = playground.folder + "/other"
      try await playground.git("clone", "--quiet", playground.bare, other)
      try await playground.git("-C", other, "config", "user.name", "B")
      try await playground.git("-C", other, "config", "user.email", "b@example.com")
      _ = try await GitBranch(repository: other).publish(
        PublishableSite(["index.html": bytes("other")]))
      _ = try await playground.branch.publish(PublishableSite(["index.html": bytes("mine")]))
      #expect(try await playground.inBare("rev-list", "--count", "gh-pages") == "3")
    }
  }
}

struct GitMistakeTests {
  private func mistake(
    _ branch: GitBranch, _ published: PublishableSite = site
  ) async -> PublishingError? {
    do throws(PublishingError) {
      _ = try await branch.publish(published)
      return nil
    } catch {
      return error
    }
  }

  @Test func aMissingRemoteIsNamed() async throws {
    try await Playground.with { playground in
      var branch = playground.branch
      branch.remote = "upstream"
      let error = await mistake(branch)
      #expect(error == .noRemote(name: "upstream", known: ["origin"]))
      #expect(error?.explanation.message == "the repository has no remote named `upstream`")
    }
  }

  @Test func aFolderWithoutARepositoryIsNamed() async throws {
    try await Playground.with { playground in
      #expect(
        await mistake(GitBranch(repository: playground.folder))
          == .notARepository(folder: playground.folder))
    }
  }

  @Test func anUnreachableRemoteIsTold() async throws {
    try await Playground.with { playground in
      try await playground.inCheckout("remote", "set-url", "origin", "/nowhere/at/all.git")
      guard case .unreachable("origin", let reason) = await mistake(playground.branch) else {
        Issue.record("not told")
        return
      }
      #expect(!reason.isEmpty && !reason.contains("\n"))
    }
  }

  @Test func aPushThatIsRefusedIsTold() async throws {
    try await Playground.with { playground in
      let hook = playground.bare + "/hooks/pre-receive"
      try FileSystem.write(bytes("#!/bin/sh\nexit 1\n"), to: hook)
      _ = unsafe chmod(hook, 0o755)
      guard case .rejected("gh-pages", "origin", let reason) = await mistake(playground.branch)
      else {
        Issue.record("not told")
        return
      }
      #expect(reason.contains("pre-receive hook declined"))
      #expect(try await playground.inCheckout("for-each-ref", "refs/sitegen") == "")
    }
  }

  @Test func aCommitterWithoutANameIsAskedForOne() async throws {
    try await Playground.with { playground in
      try await playground.inCheckout("config", "user.name", "")
      try await playground.inCheckout("config", "user.email", "")
      let error = await mistake(playground.branch)
      #expect(error == .noIdentity)
      #expect(error?.explanation.hint.contains("git config user.name") == true)
    }
  }

  @Test func badBranchesAndEmptySitesAreRefused() async throws {
    try await Playground.with { playground in
      var branch = playground.branch
      branch.branch = "no..such branch"
      #expect(await mistake(branch) == .badBranchName("no..such branch"))
      #expect(await mistake(playground.branch, PublishableSite([:])) == .emptySite)
    }
  }

  @Test func anUnreadableFilePublishesNothing() async throws {
    try await Playground.with { playground in
      let broken = PublishableSite(paths: ["a"]) { (path) throws(FileError) in
        throw .notPermitted(path: path)
      }
      #expect(await mistake(playground.branch, broken) == .file(.notPermitted(path: "a")))
      let references = try await playground.inBare("for-each-ref")
      #expect(references == "")
    }
  }
}

struct SourceStateTests {
  @Test func uncommittedSourcesAreFoundAndTheOutputDoesNotCount() async throws {
    try await Playground.with { playground in
      let output = playground.checkout + "/site"
      let commit = try await playground.inCheckout("rev-parse", "--short", "HEAD")
      func state() async throws -> SourceState {
        try await SourceState.of(playground.checkout, output: output)
      }
      #expect(try await state() == .committed(commit: commit))
      try FileSystem.write(bytes("x"), to: output + "/index.html")
      #expect(try await state() == .committed(commit: commit))
      try FileSystem.write(bytes("x"), to: playground.checkout + "/.sitegen/cache/x")
      #expect(try await state() == .committed(commit: commit))
      try FileSystem.write(bytes("changed"), to: playground.checkout + "/content/a.md")
      #expect(try await state() == .uncommitted(paths: ["content/a.md"]))
      #expect(try await SourceState.of(playground.folder, output: output) == .unknown)
    }
  }
}

struct PublishedFolderTests {
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "/tmp/sitegen-published-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    try body(folder)
  }

  @Test func onlyWhatChangedIsWrittenAndOnlyOursIsRemoved() throws {
    try withFolder { path in
      let folder = PublishedFolder(path: path)
      #expect(try folder.publish(site).added == site.paths)
      #expect(try folder.publish(site).isEmpty)
      try FileSystem.write([1], to: path + "/somebody/elses.txt")
      #expect(try folder.publish(site).isEmpty)
      let stamp = FileSystem.stamp(path + "/empty.txt")
      let next = PublishableSite(["index.html": bytes("new"), "empty.txt": []])
      let expected = PublishingChanges(
        changed: ["index.html"], removed: ["a b\"c.txt", "image.png", "notes/深度/index.html"])
      #expect(try folder.publish(next, isDryRun: true) == expected)
      #expect(FileSystem.stamp(path + "/image.png") != nil)
      #expect(try folder.publish(next) == expected)
      #expect(FileSystem.stamp(path + "/notes") == nil)
      #expect(FileSystem.stamp(path + "/somebody/elses.txt") != nil)
      #expect(FileSystem.stamp(path + "/empty.txt") == stamp)
    }
  }

  @Test func aFolderOfSomebodyElseIsRefused() throws {
    try withFolder { path in
      try FileSystem.write([1], to: path + "/precious.txt")
      #expect(throws: PublishingError.foreignFolder(path: path)) {
        try PublishedFolder(path: path).publish(site)
      }
    }
  }

  @Test func aListThatLeadsOutsideRemovesNothingThere() throws {
    try withFolder { path in
      let folder = PublishedFolder(path: path + "/www")
      _ = try folder.publish(PublishableSite(["a": [1]]))
      try FileSystem.write([1], to: path + "/precious.txt")
      let digest = Digest(of: [UInt8(1)])
      try FileSystem.write(
        bytes("\(digest)  ../precious.txt\n\(digest)  \(path)/precious.txt\n\(digest)  a\n"),
        to: path + "/www/.sitegen-files")
      #expect(try folder.publish(PublishableSite(["a": [2]])) == PublishingChanges(changed: ["a"]))
      #expect(FileSystem.stamp(path + "/precious.txt") != nil)
    }
  }

  @Test func aPathMayChangeBetweenFileAndFolder() throws {
    try withFolder { path in
      let folder = PublishedFolder(path: path)
      for _ in 0..<2 {
        _ = try folder.publish(PublishableSite(["a": [1], "b/c": [2]]))
        let changes = try folder.publish(PublishableSite(["a/x": [3], "b": [4]]))
        #expect(changes == PublishingChanges(added: ["a/x", "b"], removed: ["a", "b/c"]))
        #expect(try FileSystem.read(path + "/a/x") == [3] && FileSystem.read(path + "/b") == [4])
      }
      // Nothing is left beside the folder.
      #expect(!FileSystem.exists(FileSystem.workplace(beside: path)))
    }
  }

  @Test func pathsThatLeadOutOfTheFolderAreNotPublished() throws {
    try withFolder { path in
      for bad in ["../x", "/tmp/x", "a\nb", ".git/hooks/x"] {
        #expect(throws: PublishingError.self) {
          try PublishedFolder(path: path + "/www").publish(PublishableSite([bad: [1]]))
        }
      }
      #expect(!FileSystem.exists(path + "/x") && !FileSystem.exists(path + "/www"))
    }
  }
}
