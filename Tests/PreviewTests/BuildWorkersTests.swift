import Foundation
import Site
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Preview

/// Builds in processes of their own: real processes that really crash.
@Suite(.timeLimit(.minutes(3)), .serialized)
struct BuildWorkersTests {
  /// A site of one page, built by the command `sitegen`, or by a shell that does what a file says.
  private final class Project: Sendable {
    let folder = "/tmp/sitegen-workers-\(UInt64.random(in: 0...(.max)))"
    let sitegen = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "sitegen").path

    init() throws {
      try write("# One\n", to: "content/index.md")
    }

    deinit { try? FileSystem.removeTree(folder) }

    func write(_ text: String, to path: String) throws {
      try FileSystem.write(bytes(text), to: folder + "/" + path)
    }

    func folders() throws -> SiteFolders { try SiteFolders(root: folder) }

    /// Shells that crash, hang or print nonsense, as the file `trouble` says, and otherwise build.
    func workers() throws -> BuildWorkers {
      let script = """
        read word || exit 0
        case "$(cat "$0/trouble" 2>/dev/null)" in
          ill) kill -ILL $$;;
          trap) echo "main.swift:1: Fatal error: it went wrong" >&2; kill -TRAP $$;;
          segv) kill -SEGV $$;;
          abort) kill -ABRT $$;;
          kill) kill -KILL $$;;
          exit) exit 3;;
          silence) exit 0;;
          loop) while :; do :; done;;
          babble) echo "this is not what a build says"; sleep 1000;;
        esac
        { echo build; exec cat; } | "$1" preview-build --root "$0" --jobs 1
        """
      return BuildWorkers(
        program: "/bin/sh", arguments: ["-c", script, folder, sitegen],
        sources: SourceTree(reading: try folders()))
    }
  }

  private func text(_ build: PreviewBuild?) -> String { build?.words(colored: false) ?? "" }

  @Test func aBuildComesBackWhole() async throws {
    let project = try Project()
    try project.write("picture", to: "content/a.bin")
    try project.write(
      "# One\n\n" + String(repeating: "Some words. ", count: 100_000), to: "content/long.md")
    let workers = try project.workers()
    let steps = Mutex<Set<String>>([])
    let build = try #require(
      await workers.build { progress in
        steps.withLock { _ = $0.insert(progress.step.rawValue) }
      })
    let sources = SourceTree(reading: try project.folders())
    let same = await Site.build(sources, BuildSettings(jobs: 1))
    #expect(build.isGood && build.paths == Set(same.output.paths))
    for path in same.output.paths {
      switch same.output[path] {
      case .bytes(let bytes): #expect(try build.read(path) == bytes)
      default: #expect(try build.read(path) == bytes("picture"))
      }
    }
    #expect(steps.withLock { $0.isSuperset(of: ["parse", "render", "check"]) })
    try project.write("[a](nowhere.md)\n", to: "content/index.md")
    let warned = await workers.build()
    #expect(warned?.isGood == true)
    #expect(text(warned).contains("content/index.md:1:"))
    try project.write("---\ntitle: {\n---\n", to: "content/index.md")
    let wrong = await workers.build()
    #expect(wrong?.isGood == false)
    #expect(text(wrong).contains("content/index.md:3:1: error:"))
    #expect(wrong?.words(colored: true).contains("\u{1B}[") == true)
  }

  @Test func aLinkThatLeadsOutIsNotFollowed() async throws {
    let project = try Project()
    try project.write("picture", to: "content/a.bin")
    let secret = project.folder + "-secret.txt"
    try FileSystem.write(bytes("secret"), to: secret)
    defer { try? FileSystem.removeFile(secret) }
    let build = try #require(await project.workers().build())
    #expect(try build.read("a.bin") == bytes("picture"))
    try FileSystem.removeFile(project.folder + "/content/a.bin")
    try FileManager.default.createSymbolicLink(
      atPath: project.folder + "/content/a.bin", withDestinationPath: secret)
    #expect(throws: FileError.self) { try build.read("a.bin") }
    let answer = PreviewAnswer(
      to: "/a.bin", basePath: "/", site: build,
      news: PreviewState.News(build: 1, site: 1, mistakes: []))
    #expect(answer.status == 500)
    #expect(!String(decoding: answer.body, as: UTF8.self).contains("secret"))
  }

  @Test(arguments: [
    ("ill", "signal 4"), ("trap", "Fatal error: it went wrong"), ("segv", "invalid memory access"),
    ("abort", "signal 6"), ("kill", "memory runs out"), ("exit", "ended with 3"),
    ("silence", "ended with 0"), ("babble", "output could not be read"),
  ])
  func whateverAProcessDiesOfIsOneMistake(trouble: String, words: String) async throws {
    let project = try Project()
    let workers = try project.workers()
    try project.write(trouble, to: "trouble")
    let crashed = await workers.build()
    #expect(crashed?.isGood == false && crashed?.paths.isEmpty == true)
    #expect(text(crashed).contains(words), "\(text(crashed))")
    #expect(text(crashed).contains("[preview.build-crashed]"))
    try project.write("none", to: "trouble")
    #expect(await workers.build()?.isGood == true)
  }

  @Test func aBuildThatNeverEndsIsKilledWhenItIsNotWanted() async throws {
    let project = try Project()
    let workers = try project.workers()
    try project.write("loop", to: "trouble")
    let building = Task { await workers.build() }
    try await Task.sleep(for: .milliseconds(300))
    building.cancel()
    #expect(await building.value == nil)
    try project.write("none", to: "trouble")
    #expect(await workers.build()?.isGood == true)
  }

  @Test func aProgramThatIsNotThereIsAMistakeToo() async throws {
    let project = try Project()
    let workers = BuildWorkers(
      program: "/nowhere/sitegen", arguments: [],
      sources: SourceTree(reading: try project.folders()))
    #expect(text(await workers.build()).contains("no process"))
  }

  private static let training = """
    # A

    ```nn long
    train: [dense 64, tanh, dense 64, tanh, dense 1]
    data: moons samples=2000 noise=0.1
    optimizer: sgd rate=0.01
    epochs: 400
    ```
    """

  /// The command itself, killed in the middle of a training.
  @Test(arguments: [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGKILL])
  func aTrainingThatCrashesIsNamed(signal: Int32) async throws {
    let project = try Project()
    try project.write(Self.training, to: "content/a.md")
    let script = #"echo $$ > "$0/.process"; exec "$1" preview-build --root "$0""#
    let workers = BuildWorkers(
      program: "/bin/sh", arguments: ["-c", script, project.folder, project.sitegen],
      sources: SourceTree(reading: try project.folders()))
    let hasCrashed = Mutex(false)
    let crashed = await workers.build { [folder = project.folder] progress in
      guard progress.step == .experiments, progress.detail.contains("long") else { return }
      hasCrashed.withLock { hasCrashed in
        guard !hasCrashed else { return }
        let text = try? String(contentsOfFile: folder + "/.process", encoding: .utf8)
        guard let process = Int32((text ?? "").filter(\.isNumber)) else { return }
        hasCrashed = kill(process, signal) == 0
      }
    }
    #expect(hasCrashed.withLock { $0 })
    #expect(text(crashed).contains("long: error: the build crashed while this ran"))
  }

  /// A process does not outlive the one that started it, whether it waits or builds.
  @Test(arguments: [false, true])
  func aProcessEndsWithThePreview(isBuilding: Bool) async throws {
    let project = try Project()
    try project.write(Self.training, to: "content/a.md")
    let process = Process()
    process.executableURL = URL(filePath: project.sitegen)
    process.arguments = ["preview-build", "--root", project.folder]
    let (input, output) = (Pipe(), Pipe())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    if isBuilding {
      try input.fileHandleForWriting.write(contentsOf: BuildChannel.word)
      var reader = BuildMessageReader()
      var isTraining = false
      while !isTraining {
        reader.append(output.fileHandleForReading.availableData)
        while let message = try reader.next() {
          if case .progress("experiments", _, let detail) = message, !detail.isEmpty {
            isTraining = true
          }
        }
      }
    }
    try input.fileHandleForWriting.close()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
  }

  /// The whole sequence: a page is open, a build crashes, the page stays and shows the error, the
  /// next edit builds again.
  @Test(arguments: ["segv", "kill", "loop"])
  func thePreviewGoesOn(trouble: String) async throws {
    let project = try Project()
    let workers = try project.workers()
    let (events, continuation) = AsyncStream.makeStream(of: Preview.Event.self)
    let preview = Preview(port: 0, pollInterval: .milliseconds(20)) { [folder = project.folder] in
      FileSnapshot(of: folder, excluding: [folder + "/site"])
    } build: {
      await workers.build(onProgress: $0)
    }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await preview.run { continuation.yield($0) } }
      var events = events.makeAsyncIterator()
      func nextBuild() async -> PreviewBuild? {
        while let event = await events.next() {
          if case .built(let build, _) = event { return build }
        }
        return nil
      }
      guard case .listening(let address) = await events.next() else {
        Issue.record("nothing listens")
        return
      }
      let port = try #require(UInt16(address.split(separator: ":")[2].dropLast()))
      func ask(_ target: String) async throws -> String {
        try await onThread {
          let client = try RawClient(port: port)
          client.send(request(target, port: port))
          return client.answer().body
        }
      }
      #expect(await nextBuild()?.isGood == true)
      #expect(try await ask("/").contains("One"))
      try project.write(trouble, to: "trouble")
      if trouble == "loop" {
        try await Task.sleep(for: .milliseconds(500))
      } else {
        #expect(await nextBuild()?.isGood == false)
        #expect(try await ask("/__sitegen/news?after=0").contains("the build crashed"))
      }
      #expect(try await ask("/").contains("One"))
      try project.write("# Two\n", to: "content/index.md")
      try project.write("none", to: "trouble")
      // The two edits may give one build or two.
      while let build = await nextBuild(), !build.isGood {}
      while try await !ask("/").contains("Two") { _ = await nextBuild() }
      let news = try await ask("/__sitegen/news?after=0")
      #expect(!news.contains("crashed"))
      group.cancelAll()
    }
  }

  @Test(arguments: [1, 2, 3, 1000])
  func messagesComeOutWhateverPiecesTheyComeIn(pieces: Int) throws {
    let messages: [BuildMessage] = [
      .progress(step: "experiments", fraction: 0.25, detail: "a#b"),
      .mistake(.init(isError: true, text: "é\n", terminalText: "\u{1B}[31m")),
      .mistake(.init(isError: false, text: "")), .file(path: "a/b.html", bytes: Array(0...255)),
      .file(path: "", bytes: []), .copy(path: "x\ny", source: "z"), .done,
    ]
    var bytes: [UInt8] = []
    for message in messages { message.write(to: &bytes) }
    var reader = BuildMessageReader()
    var found: [BuildMessage] = []
    while !bytes.isEmpty {
      reader.append(bytes.prefix(pieces))
      bytes.removeFirst(min(pieces, bytes.count))
      while let message = try reader.next() { found.append(message) }
    }
    #expect(found == messages)
  }

  @Test(arguments: [
    [0, 0], [9, 0], [5, 1, 0, 0, 0, 0], [3, 2, 255, 255, 255, 255, 0, 0, 0, 0], [1, 255],
    [1, 3, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 120],
  ])
  func bytesThatAreNoMessagesAreFound(bytes: [UInt8]) {
    var reader = BuildMessageReader()
    reader.append(bytes)
    #expect(throws: BuildMessageReader.Malformed.self) { try reader.next() }
  }
}
