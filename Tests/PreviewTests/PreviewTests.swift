import Diagnostics
import Foundation
import Storage
import Synchronization
import Testing

@testable import Preview

#if canImport(FoundationNetworking)
  import FoundationNetworking
#endif

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

func previewOf(_ files: [String: String], _ diagnostics: [Diagnostic] = []) -> PreviewBuild {
  PreviewBuild(paths: Array(files.keys), diagnostics: diagnostics) { (path) throws(FileError) in
    guard let text = files[path] else { throw .notFound(path: path) }
    return bytes(text)
  }
}

let exampleSite = previewOf([
  "index.html": "<html><body>home</body></html>", "notes/深度/index.html": "<p>deep</p>",
  "about.html": "about", "style.css": "a{}", "font.woff2": "wOF2", "feed.atom": "<feed/>",
])

struct PreviewAnswerTests {
  private func answer(
    _ target: String, basePath: String = "/", site: PreviewBuild? = exampleSite
  ) -> PreviewAnswer {
    PreviewAnswer(
      to: target, basePath: basePath, site: site,
      news: PreviewState.News(build: 3, site: 2, mistakes: []))
  }

  private func text(_ answer: PreviewAnswer) -> String {
    String(decoding: answer.body, as: UTF8.self)
  }

  private func header(_ name: String, _ answer: PreviewAnswer) -> String? {
    answer.headers.first { $0.name == name }?.value
  }

  @Test(arguments: [
    ("/", "text/html; charset=utf-8"), ("/about.html", "text/html; charset=utf-8"),
    ("/about", "text/html; charset=utf-8"), ("/style.css", "text/css; charset=utf-8"),
    ("/font.woff2", "font/woff2"), ("/feed.atom", "application/atom+xml; charset=utf-8"),
    ("/notes/%E6%B7%B1%E5%BA%A6/", "text/html; charset=utf-8"),
    ("/notes/深度/index.html", "text/html; charset=utf-8"),
  ])
  func filesAreServedWithTheirType(target: String, type: String) {
    #expect(answer(target).status == 200)
    #expect(header("Content-Type", answer(target)) == type)
  }

  @Test func whatIsAskedStaysWhenAFolderIsRedirected() {
    let redirect = PreviewAnswer(
      to: "/notes/深度", query: "a=b", basePath: "/", site: exampleSite,
      news: PreviewState.News(build: 3, site: 2, mistakes: []))
    #expect(header("Location", redirect) == "/notes/深度/?a=b")
  }

  @Test func aFolderWithoutItsSlashIsRedirected() {
    let redirect = answer("/notes/%E6%B7%B1%E5%BA%A6")
    #expect(redirect.status == 307)
    #expect(header("Location", redirect) == "/notes/%E6%B7%B1%E5%BA%A6/")
    // Two slashes would send the browser to another host.
    let site = previewOf(["/evil.example/index.html": "x"])
    #expect(header("Location", answer("//evil.example", site: site))?.hasPrefix("//") != true)
  }

  @Test(arguments: [
    ("bytes=0-3", 206, "vide", "bytes 0-3/10"), ("bytes=6-", 206, "file", "bytes 6-9/10"),
    ("bytes=-4", 206, "file", "bytes 6-9/10"), ("bytes=-99", 206, "video file", "bytes 0-9/10"),
    ("bytes=6-99", 206, "file", "bytes 6-9/10"), ("bytes=10-", 416, "", "bytes */10"),
    ("bytes=-0", 416, "", "bytes */10"), ("bytes=0-1,4-5", 200, "video file", nil),
    ("bytes=5-2", 200, "video file", nil), ("lines=1-2", 200, "video file", nil),
  ])
  func aPartOfAFileIsServed(range: String, status: Int, body: String, place: String?) {
    let part = answer("/a.mp4", site: previewOf(["a.mp4": "video file"])).part(range)
    #expect(part.status == status)
    #expect(text(part) == body)
    #expect(header("Content-Range", part) == place)
  }

  @Test(arguments: [
    "/../etc/passwd", "/%2e%2e/etc/passwd", "/notes/../../etc/passwd", "/a%00b", "/%5c..%5cx",
    "/%", "/%zz", "/%ff%fe", "etc/passwd", "/..%2f..%2fetc/passwd", "/%2e./etc/passwd",
    "/.%2E/etc/passwd", "/notes/..", "/notes/%2e%2e", "/notes/%2e%2e/", "/a/b/../../../etc/passwd",
    "/..\\..\\etc\\passwd", "/%5C..%5C..%5Cetc", "/%2f..%2f", "//../etc/passwd", "/a%0d%0aX: y",
    "/%09", "/%7f", "/%1", "/%+f", "/% f", "/%f", "/%-1", "/%c0%ae%c0%ae/etc/passwd",
    "/%e0%80%ae./etc", "/%ed%a0%80", "/a%", "/%u002e", "",
  ])
  func pathsThatLeaveTheSiteAreRefused(target: String) {
    #expect(answer(target).status == 400)
  }

  @Test(arguments: [
    "/etc/passwd", "//etc/passwd", "/style.css/", "/notes/./", "/.git/config", "/%2fetc/passwd",
    "/%252e%252e/etc/passwd", "/.../etc/passwd", "/..a", "/STYLE.CSS", "/style.css%20",
    "/proc/self/environ", "/.", "/./etc/passwd", "/~root/", "/content/index.md", "/C:/a",
  ])
  func whatTheSiteDoesNotHoldIsNotFound(target: String) {
    #expect(answer(target).status == 404)
  }

  @Test func theSitesOwnPageForWhatIsMissingIsShown() {
    let site = previewOf(["index.html": "home", "404.html": "<body>gone</body>"])
    let missing = answer("/nothing", site: site)
    #expect(missing.status == 404)
    #expect(text(missing).contains("gone<script src=\"/__sitegen/preview.js\""))
  }

  @Test func pagesGetTheScriptAndOtherFilesStayAsTheyAre() {
    #expect(
      text(answer("/"))
        == "<html><body>home<script src=\"/__sitegen/preview.js\" data-site=\"2\" async></script></body></html>"
    )
    #expect(text(answer("/style.css")) == "a{}")
  }

  @Test func aBasePathIsPartOfEveryAddress() {
    #expect(answer("/project/", basePath: "/project/").status == 200)
    #expect(answer("/project/style.css", basePath: "/project/").status == 200)
    #expect(answer("/style.css", basePath: "/project/").status == 404)
    #expect(header("Location", answer("/", basePath: "/project/")) == "/project/")
    #expect(header("Location", answer("/project", basePath: "/project/")) == "/project/")
    #expect(text(answer("/project/", basePath: "/project/")).contains("src=\"/project/__sitegen/"))
  }

  @Test func beforeTheFirstBuildThePageWaits() {
    for build in [0, 3] {
      let waiting = PreviewAnswer(
        to: "/", basePath: "/", site: nil,
        news: PreviewState.News(build: build, site: 0, mistakes: []))
      #expect(waiting.status == 503)
      #expect(text(waiting).contains("preview.js"))
      #expect(text(waiting).contains("still running") == (build == 0))
    }
  }

  @Test func mistakesAreTextInTheNews() {
    let news = PreviewState.News(
      build: 1, site: 0,
      mistakes: [.init(isError: true, text: "a.md:1:1: \"<b>\"\\\n\u{1}")])
    #expect(
      String(decoding: PreviewScript.json(news), as: UTF8.self)
        == #"{"build":1,"site":0,"mistakes":[{"isError":true,"text":"a.md:1:1: \"<b>\"\\\n\u0001"}]}"#
    )
  }
}

struct PreviewStateTests {
  private let mistake = Diagnostic("a.b", path: "a.md", message: "wrong")

  @Test func aBuildWithErrorsLeavesTheLastGoodSite() {
    let state = PreviewState()
    state.show(previewOf(["a": "good"]))
    state.show(previewOf(["a": "bad"], [mistake]))
    #expect((try? state.current.site?.read("a")) == bytes("good"))
    #expect(state.current.news.build == 2)
    #expect(state.current.news.site == 1)
    #expect(state.current.news.mistakes.map(\.text) == ["a.md: error: wrong [a.b]\n"])
    state.show(previewOf(["a": "better"]))
    #expect(state.current.news.site == 3)
    #expect(state.current.news.mistakes.isEmpty)
  }

  @Test func beforeThereIsAGoodSiteOneWithErrorsIsShownAndNoneIsNot() {
    let state = PreviewState()
    state.show(PreviewBuild(mistakes: [.init(error: "it broke off", hint: "try again")]))
    #expect(state.current.site == nil && state.current.news.build == 1)
    state.show(previewOf(["a": "bad"], [mistake]))
    #expect((try? state.current.site?.read("a")) == bytes("bad"))
    state.show(PreviewBuild(mistakes: [.init(error: "it broke off", hint: "try again")]))
    #expect((try? state.current.site?.read("a")) == bytes("bad"))
    #expect(state.current.news.mistakes.count == 1)
  }
}

struct FileSnapshotTests {
  @Test func everyKindOfChangeShowsAndHiddenFilesDoNot() throws {
    let folder = "/tmp/sitegen-snapshot-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    func snapshot() -> FileSnapshot { FileSnapshot(of: folder, excluding: [folder + "/site"]) }
    try FileSystem.write([1], to: folder + "/content/a.md")
    let first = snapshot()
    #expect(first.count == 1)
    #expect(snapshot() == first)
    try FileSystem.write([1, 2], to: folder + "/content/a.md")
    let changed = snapshot()
    #expect(changed != first)
    try FileSystem.write([1], to: folder + "/templates/deep/er.html")
    #expect(snapshot() != changed)
    try FileSystem.removeTree(folder + "/templates")
    #expect(snapshot() == changed)
    try FileSystem.write([1], to: folder + "/site/index.html")
    try FileSystem.write([1], to: folder + "/.sitegen/cache/x")
    try FileSystem.write([1], to: folder + "/content/.a.md.swp")
    #expect(snapshot() == changed)
  }

  /// Editors write a new file and move it over the old one.
  @Test func aRenamedFileShowsEvenWithTheSameSizeAndTime() throws {
    let folder = "/tmp/sitegen-snapshot-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    try FileSystem.write([1], to: folder + "/a.md")
    try FileSystem.write([2], to: folder + "/b.md")
    for name in ["a.md", "b.md"] {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: folder + "/" + name)
    }
    let before = FileSnapshot(of: folder)
    let other = try FileSystem.read(folder + "/b.md")
    try FileSystem.move(folder + "/b.md", to: folder + "/a.md")
    try FileSystem.write(other, to: folder + "/b.md")
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 1000)], ofItemAtPath: folder + "/b.md")
    #expect(FileSnapshot(of: folder) != before)
  }

  @Test func aFolderThatGoesAndComesBackShows() async throws {
    let folder = "/tmp/sitegen-snapshot-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    try FileSystem.write([1], to: folder + "/content/a.md")
    var watcher = FileWatcher(interval: .milliseconds(5)) { FileSnapshot(of: folder) }
    let before = watcher.look()
    try FileSystem.removeTree(folder)
    await watcher.waitForChange(since: before)
    let without = await watcher.settled()
    #expect(without.count == 0)
    try FileSystem.write([1], to: folder + "/content/a.md")
    await watcher.waitForChange(since: without)
    #expect(await watcher.settled().count == 1)
  }

  @Test func filesThatNeverStopChangingAreNotWaitedFor() async {
    let looks = Mutex(0)
    let folder = "/tmp/sitegen-snapshot-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    var watcher = FileWatcher(interval: .milliseconds(1)) {
      let count = looks.withLock { looks in
        looks += 1
        return looks
      }
      try? FileSystem.write([UInt8](repeating: 0, count: count), to: folder + "/log.txt")
      return FileSnapshot(of: folder)
    }
    #expect(await watcher.settled().count == 1)
    #expect(looks.withLock { $0 } == 21)
  }

  @Test func tenThousandFilesAreSeen() throws {
    let folder = "/tmp/sitegen-snapshot-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    for outer in 0..<100 {
      try FileSystem.makeFolder("\(folder)/\(outer)")
      for inner in 0..<100 {
        #expect(
          FileManager.default.createFile(atPath: "\(folder)/\(outer)/\(inner).md", contents: nil))
      }
    }
    let before = FileSnapshot(of: folder)
    #expect(before.count == 10_000)
    #expect(FileSnapshot(of: folder) == before)
    try FileSystem.write([1], to: folder + "/57/32.md")
    #expect(FileSnapshot(of: folder) != before)
  }
}

@Suite(.timeLimit(.minutes(2)))
struct PreviewRunTests {
  /// A site of one page, whose text comes from a file in a folder of its own.
  private struct Project: Sendable {
    let folder = "/tmp/sitegen-preview-\(UInt64.random(in: 0...(.max)))"

    func write(_ text: String) throws { try FileSystem.write(bytes(text), to: folder + "/a.md") }

    func preview(port: UInt16 = 0) -> Preview {
      let folder = folder
      return Preview(port: port, pollInterval: .milliseconds(20)) {
        FileSnapshot(of: folder)
      } build: { _ in
        let text = (try? FileSystem.read(folder + "/a.md")).map {
          String(decoding: $0, as: UTF8.self)
        }
        let isWrong = text?.contains("wrong") ?? true
        return previewOf(
          ["index.html": "<body>\(text ?? "")</body>"],
          isWrong ? [Diagnostic("a.b", path: "a.md", message: "it is wrong")] : [])
      }
    }
  }

  /// Runs a preview while `body` sends requests to its address.
  private func withPreview(
    _ body: @escaping @Sendable (Project, _ address: String) async throws -> Void
  ) async throws {
    let project = Project()
    defer { try? FileSystem.removeTree(project.folder) }
    try project.write("one")
    let (events, continuation) = AsyncStream.makeStream(of: Preview.Event.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await project.preview().run { continuation.yield($0) } }
      var address: String?
      for await event in events {
        if case .listening(let found) = event { address = found }
        if case .built = event, address != nil { break }
      }
      try await body(project, try #require(address))
      group.cancelAll()
      try await group.waitForAll()
    }
  }

  private func get(
    _ address: String, host: String? = nil, method: String = "GET"
  ) async throws -> (status: Int, text: String) {
    var request = URLRequest(url: URL(string: address)!)
    request.httpMethod = method
    if let host { request.setValue(host, forHTTPHeaderField: "Host") }
    let (data, response) = try await URLSession.shared.data(for: request)
    return ((response as! HTTPURLResponse).statusCode, String(decoding: data, as: UTF8.self))
  }

  @Test func aChangedFileIsBuiltAndThePageIsTold() async throws {
    try await withPreview { project, address in
      #expect(address.hasPrefix("http://127.0.0.1:"))
      let page = try await get(address)
      #expect(page.status == 200)
      #expect(page.text.hasPrefix("<body>one<script "))
      let news = try await get(address + "__sitegen/news?after=0")
      #expect(news.text.contains("\"site\":1"))
      async let next = get(address + "__sitegen/news?after=1")
      try project.write("two")
      #expect(try await next.text.contains("\"site\":2"))
      #expect(try await get(address).text.hasPrefix("<body>two<script "))
      #expect(try await get(address + "__sitegen/preview.js").text == PreviewScript.script)
    }
  }

  @Test func mistakesAreToldAndTheGoodPageStays() async throws {
    try await withPreview { project, address in
      async let next = get(address + "__sitegen/news?after=1")
      try project.write("all wrong")
      let news = try await next.text
      #expect(news.contains("it is wrong") && news.contains("\"site\":1"))
      #expect(try await get(address).text.hasPrefix("<body>one<script "))
    }
  }

  @Test func strangersAreRefused() async throws {
    try await withPreview { _, address in
      let posted = try await get(address, method: "POST")
      let missing = try await get(address + "nothing")
      let head = try await get(address, method: "HEAD")
      #expect(posted.status == 405)
      #expect(missing.status == 404)
      #expect(head.status == 200 && head.text.isEmpty)
    }
  }

  @Test func aTakenPortIsNamedWithTheNextStep() async throws {
    try await withPreview { project, address in
      let port = try #require(UInt16(address.split(separator: ":")[2].dropLast()))
      let error = await #expect(throws: PreviewError.self) {
        try await project.preview(port: port).run()
      }
      #expect(error == .portInUse(port))
      #expect(error?.explanation.message == "port \(port) is in use by another program")
    }
  }
}
