import Foundation
import Testing

@testable import Storage

/// Folders that builds write, next to files that they did not write. Each test runs both where
/// folders can be exchanged and as if they could not.
struct WrittenFolderTests {
  static let ways = [true, false]

  /// A temporary folder, removed after the test.
  private final class Place {
    let root: String
    var site: String { root + "/site" }
    var folder: WrittenFolder

    init(exchanges: Bool) throws {
      root = FileSystem.resolved("/tmp")! + "/sitegen-written-\(UInt64.random(in: 0...(.max)))"
      try FileSystem.makeFolder(root)
      folder = WrittenFolder(path: root + "/site", workplace: root + "/.work")
      folder.mayExchange = exchanges
    }

    deinit { try? FileSystem.removeTree(root) }

    static func contents(_ files: [String: String]) throws -> WrittenFolder.Contents {
      let paths = try files.keys.map { try RelativePath(checking: $0) }
      return .init(paths: paths) { (path) throws(FileError) in Array(files[path.text]!.utf8) }
    }

    @discardableResult
    func write(_ files: [String: String]) throws -> WrittenFolder.Changes {
      try folder.write(Self.contents(files))
    }

    func put(_ text: String, _ path: String) throws {
      try FileSystem.write(Array(text.utf8), to: root + "/" + path)
    }

    /// The contents of a folder without the list; folders have a slash after them, links an `@`.
    func files(in name: String = "site") throws -> [String: String] {
      let base = FileSystemPath(root + "/" + name)
      let scan = try FolderScan(of: base)
      var files: [String: String] = [:]
      for path in scan.paths {
        switch scan[path]!.kind {
        case .file:
          files[path.text] = String(decoding: try base.appending(path).read(), as: UTF8.self)
        case .folder: files[path.text + "/"] = ""
        case .link, .other: files[path.text + "@"] = ""
        }
      }
      return files
    }

    /// The folders of a build that are still there; there should be none.
    func leftovers() throws -> [String] {
      let own = try FileSystemPath(site).names().map { String(decoding: $0, as: UTF8.self) }
        .filter { $0 == FolderMove.name }
      return try FileSystemPath(root).names().map { String(decoding: $0, as: UTF8.self) }
        .filter { $0 == ".work" } + own
    }
  }

  @Test(arguments: ways) func onlyWhatChangedIsWritten(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    #expect(try place.write(["index.html": "a", "b/index.html": "b"]).added.count == 2)
    let before = FileSystem.stamp(place.site + "/index.html")
    #expect(try place.write(["index.html": "a", "b/index.html": "b"]).isEmpty)
    let changes = try place.write(["index.html": "a", "b/index.html": "c"])
    #expect(changes == .init(changed: ["b/index.html"]))
    #expect(FileSystem.stamp(place.site + "/index.html") == before)
    #expect(try place.files() == ["index.html": "a", "b/": "", "b/index.html": "c"])
    #expect(try place.leftovers() == [])
  }

  @Test func aBuildThatChangesNothingWritesNothing() throws {
    let place = try Place(exchanges: true)
    try place.write(["index.html": "a"])
    let (folder, root) = (FileSystemPath(place.site).status(), FileSystemPath(place.root).status())
    try place.write(["index.html": "a"])
    #expect(
      FileSystemPath(place.site).status() == folder && FileSystemPath(place.root).status() == root)
  }

  @Test(arguments: ways) func whatABuildWroteGoesAndWhatNoneWroteStays(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    try place.write(["index.html": "a", "old/deep/index.html": "b", "keep/a.html": "c"])
    try place.put("mine", "site/keep/notes.txt")
    try place.put("mine", "site/CNAME")
    try FileSystem.makeFolder(place.site + "/empty/folder")
    unsafe symlink("/nowhere", place.site + "/link")
    unsafe mkfifo(place.site + "/pipe", 0o600)
    let inode = FileSystem.stamp(place.site + "/CNAME")?.inode
    let changes = try place.write(["index.html": "z"])
    #expect(changes.removed == ["keep/a.html", "old/deep/index.html"])
    #expect(
      try place.files() == [
        "index.html": "z", "keep/": "", "keep/notes.txt": "mine", "CNAME": "mine", "empty/": "",
        "empty/folder/": "", "link@": "", "pipe@": "",
      ])
    // The file itself rather than a copy: a process that has it open continues to write to it.
    #expect(FileSystem.stamp(place.site + "/CNAME")?.inode == inode)
    #expect(try place.leftovers() == [])
  }

  @Test(arguments: ways) func namesThatAreNoTextStayToo(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    try place.write(["index.html": "a"])
    let name = RelativePath(found: [0x66, 0xFF, 0xFE])
    try FileSystemPath(place.site).appending(name).create([1, 2], isSynced: false)
    // One name to a reader, two to the file system.
    try place.put("composed", "site/\u{E9}.txt")
    try place.put("decomposed", "site/e\u{301}.txt")
    try place.write(["index.html": "b"])
    #expect(try FileSystemPath(place.site).appending(name).read() == [1, 2])
    #expect(try FileSystem.read(place.site + "/\u{E9}.txt") == Array("composed".utf8))
    #expect(try FileSystem.read(place.site + "/e\u{301}.txt") == Array("decomposed".utf8))
  }

  @Test(arguments: ways) func aFileMayBecomeAFolderAndAFolderAFile(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    for _ in 0..<2 {
      try place.write(["a": "1", "b/c/d": "2", "b/e": "5"])
      #expect(try place.files() == ["a": "1", "b/": "", "b/c/": "", "b/c/d": "2", "b/e": "5"])
      try place.write(["a/x": "3", "b": "4"])
      #expect(try place.files() == ["a/": "", "a/x": "3", "b": "4"])
    }
  }

  @Test(arguments: ways) func aFirstBuildNamesEveryFileThatItWouldOverwrite(
    exchanges: Bool
  ) throws {
    let place = try Place(exchanges: exchanges)
    try place.put("mine", "site/index.html")
    try place.put("mine", "site/a")
    try place.put("mine", "site/page.html/precious.txt")
    unsafe symlink("/nowhere", place.site + "/style.css")
    try FileSystem.makeFolder(place.site + "/empty.html")
    let before = try place.files()
    let wanted = [
      "index.html": "x", "a/index.html": "x", "page.html": "x", "style.css": "x",
      "empty.html": "x", "new.html": "x",
    ]
    for _ in 0..<2 {
      let error = #expect(throws: FileError.self) { try place.write(wanted) }
      #expect(
        error
          == .foreignFiles(
            folder: place.site,
            files: ["a", "empty.html", "index.html", "page.html/precious.txt", "style.css"]))
      #expect(try place.files() == before)
      #expect(try place.leftovers() == [])
    }
    try FileSystem.removeTree(place.site)
    try place.write(wanted)
    #expect(try place.files().count == 7)
  }

  /// A clone has the site but not the state of earlier builds; a build continues from there.
  @Test(arguments: ways) func aCopyOfASiteIsBuiltUpon(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    try place.write(["index.html": "a", "b.html": "b"])
    try FileManager.default.copyItem(atPath: place.site, toPath: place.root + "/copy")
    place.folder = WrittenFolder(path: place.root + "/copy", workplace: place.root + "/.work")
    place.folder.mayExchange = exchanges
    #expect(
      try place.write(["index.html": "z"]) == .init(changed: ["index.html"], removed: ["b.html"]))
    #expect(try place.files(in: "copy") == ["index.html": "z"])
  }

  @Test(arguments: ways) func whatSomebodyChangedIsNotLost(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    try place.write(["index.html": "a", "old.html": "b"])
    try place.put("edited", "site/index.html")
    try place.put("edited", "site/old.html")
    #expect(throws: FileError.foreignFiles(folder: place.site, files: ["index.html"])) {
      try place.write(["index.html": "z"])
    }
    try FileSystem.removeFile(place.site + "/index.html")
    #expect(try place.write(["index.html": "z"]).kept == ["old.html"])
    #expect(try place.files() == ["index.html": "z", "old.html": "edited"])
    #expect(try place.write(["index.html": "z"]).kept == [])
  }

  @Test(arguments: ways) func aListCannotMakeABuildTouchWhatItDoesNotKnow(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    try place.write(["index.html": "a"])
    try place.put("precious", "victim/x")
    try place.put("mine", "site/mine.txt")
    unsafe symlink("../victim", place.site + "/img")
    let precious = Digest(of: Array("precious".utf8))
    let other = Digest(of: [UInt8]())
    try place.put(
      """
      \(precious)  ../victim/x
      \(precious)  \(place.root)/victim/x
      \(precious)  img/x
      \(precious)  a/../../victim/x
      \(other)  mine.txt
      \(Digest(of: Array("a".utf8)))  index.html

      """, "site/" + FileList.name)
    #expect(try place.write(["index.html": "b"]).removed == [])
    #expect(try place.files(in: "victim") == ["x": "precious"])
    #expect(try place.files() == ["index.html": "b", "mine.txt": "mine", "img@": ""])
    #expect(throws: FileError.foreignFiles(folder: place.site, files: ["img"])) {
      try place.write(["index.html": "b", "img/x": "evil"])
    }
    #expect(try place.files(in: "victim") == ["x": "precious"])
  }

  /// What a stranger may have put into the working folders.
  @Test(arguments: ways) func aForgedWorkplaceDoesNoHarm(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    try place.write(["index.html": "a"])
    try place.put("precious", "victim/x")
    let precious = Digest(of: Array("precious".utf8))
    for round in 0..<4 {
      let twin = place.root + "/.work/new"
      let moved = place.site + "/" + FolderMove.name
      try place.put("1 1\n", ".work/exchange")
      switch round {
      case 0: unsafe symlink("../victim", twin)
      case 1:
        try place.put("\(precious)  x\n", ".work/new/" + FileList.name)
        unsafe symlink("../../victim", twin + "/out")
      case 2: unsafe symlink("../victim", moved)
      default:
        try place.put("\(precious)  x\n", "site/\(FolderMove.name)/list")
        unsafe symlink("../../victim", moved + "/files")
      }
      try place.write(["index.html": "\(round)"])
      #expect(try place.files(in: "victim") == ["x": "precious"])
      #expect(try place.files()["index.html"] == "\(round)")
      #expect(try place.leftovers() == [])
    }
  }

  @Test func aBuildStoppedBeforeTheExchangeChangedNothing() throws {
    let place = try Place(exchanges: true)
    try place.write(["a.html": "1"])
    try place.put("half", ".work/new/a.html")
    try place.put("", ".work/lock")
    try place.folder.recover()
    #expect(try place.files() == ["a.html": "1"])
    #expect(try place.leftovers() == [])
  }

  /// A build is killed after the exchange: the twin is the old state, and someone wrote to it at
  /// the last moment.
  @Test func whatWasWrittenDuringTheExchangeIsBrought() throws {
    let place = try Place(exchanges: true)
    try place.write(["a.html": "1", "old/b.html": "2"])
    try FileManager.default.copyItem(atPath: place.site, toPath: place.root + "/former")
    try place.write(["a.html": "9"])
    try FileSystem.makeFolder(place.root + "/.work")
    try FileSystem.move(place.root + "/former", to: place.root + "/.work/new")
    let status = try #require(FileSystemPath(place.site).status())
    try place.put("\(status.device) \(status.inode)\n", ".work/exchange")
    try place.put("new", ".work/new/notes/late.txt")
    try place.put("edited", ".work/new/a.html")
    try place.folder.recover()
    #expect(try place.files() == ["a.html": "9", "notes/": "", "notes/late.txt": "new"])
    #expect(place.folder.filesSetAside == place.root + "/.work/aside")
    #expect(try place.files(in: ".work/aside") == ["a.html": "edited"])
  }

  @Test(arguments: ways) func permissionsOfFoldersStay(exchanges: Bool) throws {
    let place = try Place(exchanges: exchanges)
    try place.write(["a/b.html": "1"])
    unsafe chmod(place.site, 0o2775)
    unsafe chmod(place.site + "/a", 0o700)
    try place.write(["a/b.html": "2"])
    #expect(FileSystemPath(place.site).status()?.mode == 0o2775)
    #expect(FileSystemPath(place.site + "/a").status()?.mode == 0o700)
  }

  @Test func buildsThatMeetTakeTurns() async throws {
    let place = try Place(exchanges: true)
    let folder = place.folder
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<8 {
        group.addTask {
          for round in 0..<5 {
            try folder.write(Place.contents(["index.html": "\(index)", "\(index)/x": "\(round)"]))
          }
        }
      }
      try await group.waitForAll()
    }
    let files = try place.files()
    let last = try #require(files["index.html"])
    #expect(files == ["index.html": last, last + "/": "", last + "/x": "4"])
    #expect(try place.leftovers() == [])
  }

  @Test func manyFilesAndDeepFoldersAreWritten() throws {
    let place = try Place(exchanges: true)
    var files: [String: String] = [:]
    for index in 0..<300 { files["n/\(index)/index.html"] = "\(index)" }
    files[String(repeating: "d/", count: 300) + "x"] = "deep"
    files[String(repeating: "n", count: 255)] = "long"
    try place.write(files)
    files["n/7/index.html"] = "changed"
    #expect(try place.write(files) == .init(changed: ["n/7/index.html"]))
    #expect(try place.files().filter { !$0.key.hasSuffix("/") } == files)
  }
}
