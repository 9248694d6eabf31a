import Diagnostics
import Foundation
import Storage
import Testing

@testable import Site

/// The files on disk that a build may read, and what it reports about the rest.
@Suite struct SourceTreeTests {
  private let folder: TemporaryFolder
  private var root: String { folder.path }

  init() throws {
    folder = try TemporaryFolder()
    try FileSystem.write(Array("# A\n".utf8), to: root + "/content/index.md")
    try FileSystem.write([1], to: root + "/.git/config")
    try FileSystem.write([1], to: root + "/content/.env")
    try FileSystem.write([1], to: root + "/site/old.html")
    try FileSystem.write([1], to: root + "/.sitegen/cache/x")
  }

  private func sources() throws -> SourceTree { SourceTree(reading: try SiteFolders(root: root)) }

  private func messages() async throws -> [String] {
    await build(try sources(), BuildSettings()).diagnostics.map {
      "\($0.path): \($0.message) [\($0.id.rawValue)]"
    }
  }

  @Test(
    .timeLimit(.minutes(1)),
    arguments: [
      ".git/config", "content/.env", "content/../.git/config", "./.git/config", ".sitegen/cache/x",
      "site/old.html", "link.txt", "links/config", "out.txt", "output/old.html",
    ])
  func hiddenAndGeneratedFilesAreNotRead(path: String) throws {
    unsafe symlink(".git/config", root + "/link.txt")
    unsafe symlink(".git", root + "/links")
    unsafe symlink("/etc/passwd", root + "/out.txt")
    unsafe symlink("site", root + "/output")
    let sources = try sources()
    do {
      _ = try sources.read(path)
      Issue.record("\(path) was read")
    } catch {
      switch error {
      case .hidden, .outside: break
      default: Issue.record("\(error)")
      }
    }
  }

  @Test func whatWebServersAskForIsVisible() throws {
    try FileSystem.write([1], to: root + "/content/.well-known/a")
    try FileSystem.write([2], to: root + "/content/.nojekyll")
    let paths = try sources().paths(below: "content")
    #expect(paths == ["content/.nojekyll", "content/.well-known/a", "content/index.md"])
    #expect(try sources().read("content/.nojekyll") == [2])
  }

  @Test(arguments: [".git", "site", ".sitegen", "content/../.git", "links"])
  func hiddenAndGeneratedFoldersHaveNoFiles(path: String) throws {
    unsafe symlink(".git", root + "/links")
    #expect(try sources().paths(below: path) == [])
  }

  @Test(.timeLimit(.minutes(1))) func pipesAndSocketsAreLeftOutAndReported() async throws {
    unsafe mkfifo(root + "/content/pipe.md", 0o600)
    unsafe mkfifo(root + "/content/data.csv", 0o600)
    let socket = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = root + "/content/s"
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    _ = unsafe withUnsafePointer(to: &address) {
      unsafe $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    let found = try await messages()
    let what = "this is a pipe, a socket or a device, and is left out [file.skipped]"
    #expect(
      found == ["content/data.csv: \(what)", "content/pipe.md: \(what)", "content/s: \(what)"])
  }

  @Test(.timeLimit(.minutes(1))) func aPipeThatAnArticleNamesIsAMistake() async throws {
    unsafe mkfifo(root + "/pipe", 0o600)
    unsafe symlink("../pipe", root + "/content/b.md")
    let text =
      "# A\n\n```text {file=\"pipe\"}\n```\n\n```nn\ndataset: csv path=pipe target=a\n```\n"
    try FileSystem.write(Array(text.utf8), to: root + "/content/index.md")
    let found = try await messages()
    #expect(found.count == 3)
    #expect(found.allSatisfy { $0.contains("is not a file but a pipe, a socket or a device") })
    // Each message names the file as the article does, not by its path on this machine.
    #expect(found.allSatisfy { !$0.contains(root) }, "\(found)")
  }

  @Test func foldersThatLeadOutOfTheSiteAreLeftOutAndReported() async throws {
    let outside = try TemporaryFolder()
    try FileSystem.write(Array("no template".utf8), to: outside.path + "/article.html")
    try FileSystem.makeFolder(root + "/parts")
    unsafe symlink(outside.path, root + "/templates")
    unsafe symlink(outside.path, root + "/content/more")
    unsafe symlink("../parts", root + "/content/parts")
    let what = "this is a link that leads out of the site or to what is hidden, and is left out"
    #expect(
      try await messages() == [
        "content/more: \(what) [file.skipped]", "templates: \(what) [file.skipped]",
      ])
    #expect(
      await build(try sources(), BuildSettings()).diagnostics.allSatisfy {
        $0.hint == "replace the link with the file or folder it leads to"
      })
  }

  @Test func templatesHaveABound() async throws {
    let text = String(repeating: "<p>{{title}}</p>\n", count: 16_000)
    try FileSystem.write(Array(text.utf8), to: root + "/templates/article.html")
    let found = try await messages()
    #expect(
      found.contains(
        "templates/article.html: the template has \(text.utf8.count) bytes, and at most 262144 are"
          + " read [template.too-large]"))
  }

  @Test func aNameThatIsNotUTF8IsLeftOutAndReported() async throws {
    let name = Array(root.utf8) + Array("/content/a".utf8) + [0xFF] + Array(".md".utf8) + [0]
    let descriptor = unsafe name.withUnsafeBufferPointer {
      unsafe $0.withMemoryRebound(to: CChar.self) { unsafe creat($0.baseAddress!, 0o600) }
    }
    #expect(descriptor >= 0)
    close(descriptor)
    #expect(
      try await messages() == [
        "content/a\u{FFFD}.md: this is a file whose name is not UTF-8, and is left out [file.skipped]"
      ])
  }

  @Test func namesMayBeAsLongAsTheFileSystemAllows() async throws {
    let name = String(repeating: "n", count: 252)
    try FileSystem.write(Array("# B\n".utf8), to: root + "/content/" + name + ".md")
    try FileSystem.write([1], to: root + "/content/" + name + ".js")
    let folders = try SiteFolders(root: root, output: root + "/out")
    let site = await build(try sources(), BuildSettings())
    #expect(site.diagnostics.map(\.message) == [])
    _ = try OutputFolder(folders).write(site.output, from: try sources())
    #expect(FileSystem.stamp(root + "/out/" + name + "/index.html") != nil)
    #expect(FileSystem.stamp(root + "/out/" + name + ".js") != nil)
  }
}
