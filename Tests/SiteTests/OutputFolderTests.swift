import Foundation
import Storage
import Testing

@testable import Site

@Suite struct OutputFolderTests {
  private let root: String
  private let folders: SiteFolders
  private var output: OutputFolder { OutputFolder(folders) }

  init() throws {
    root = NSTemporaryDirectory() + "/sitegen-output-\(UInt64.random(in: 0...(.max)))"
    try Disc.makeFolder(root)
    folders = try SiteFolders(root: root)
  }

  private func tree(_ files: [String: String]) -> OutputTree {
    var tree = OutputTree()
    for (path, text) in files { tree.add(path, .bytes(Array(text.utf8)), from: path) }
    return tree
  }

  private func write(_ files: [String: String]) throws -> OutputFolder.Changes {
    try output.write(tree(files), from: SourceTree([:]))
  }

  private func there() throws -> [String: String] {
    var files: [String: String] = [:]
    func walk(_ folder: String) throws {
      for entry in try Disc.list(folders.output + "/" + folder) {
        let path = folder.isEmpty ? entry.name : folder + "/" + entry.name
        if entry.kind == .folder {
          try walk(path)
        } else {
          files[path] = String(decoding: try Disc.read(folders.output + "/" + path), as: UTF8.self)
        }
      }
    }
    if Disc.isFolder(folders.output) { try walk("") }
    return files
  }

  @Test func onlyWhatChangedIsTouched() throws {
    #expect(try write(["index.html": "a", "b/index.html": "b"]).added.count == 2)
    let before = Disc.stamp(folders.output + "/index.html")
    #expect(try write(["index.html": "a", "b/index.html": "b"]).isEmpty)
    let changes = try write(["index.html": "a", "b/index.html": "c"])
    #expect(changes == .init(changed: ["b/index.html"]))
    #expect(Disc.stamp(folders.output + "/index.html") == before)
    #expect(try there() == ["index.html": "a", "b/index.html": "c"])
    try Disc.removeTree(root)
  }

  @Test func whatAnEarlierBuildWroteGoesAndWhatNoneWroteStays() throws {
    _ = try write(["index.html": "a", "old/deep/index.html": "b", "keep/a.html": "c"])
    try Disc.write(Array("mine".utf8), to: folders.output + "/keep/notes.txt")
    try Disc.write(Array("mine".utf8), to: folders.output + "/CNAME")
    let changes = try write(["index.html": "a"])
    #expect(changes.removed == ["keep/a.html", "old/deep/index.html"])
    #expect(try there() == ["index.html": "a", "keep/notes.txt": "mine", "CNAME": "mine"])
    #expect(!Disc.isFolder(folders.output + "/old"))
    try Disc.removeTree(root)
  }

  @Test func aFileMayBecomeAFolderAndAFolderAFile() throws {
    _ = try write(["a": "1", "b/c": "2"])
    _ = try write(["a/x": "3", "b": "4"])
    #expect(try there() == ["a/x": "3", "b": "4"])
    try Disc.removeTree(root)
  }

  @Test func comparingWritesNothing() throws {
    _ = try write(["a.html": "1", "b.html": "2", "c.html": "3"])
    let before = try there()
    let changes = try output.changes(
      toward: tree(["a.html": "1", "b.html": "x", "d.html": "4"]), from: SourceTree([:]))
    #expect(changes == .init(added: ["d.html"], changed: ["b.html"], removed: ["c.html"]))
    #expect(try there() == before)
    try Disc.removeTree(root)
  }

  @Test func whatCannotBeStagedLeavesTheSiteAsItWas() throws {
    _ = try write(["index.html": "old", "a.html": "old"])
    // A name that no file system takes: the staging fails as a full disc would.
    let long = String(repeating: "x", count: 400) + ".html"
    #expect(throws: FileError.self) {
      _ = try write(["index.html": "new", "a.html": "new", long: "new"])
    }
    #expect(try there() == ["index.html": "old", "a.html": "old"])
    #expect(try write(["index.html": "new", "a.html": "old"]).changed == ["index.html"])
    try Disc.removeTree(root)
  }

  /// A build that is killed leaves its staging folder, and from some moment on its plan. Whatever has
  /// been moved by then, the next build ends with the whole new site.
  @Test(arguments: 0...4) func aKilledBuildIsFinishedByTheNext(moved: Int) throws {
    let old = ["a.html": "1", "b.html": "2", "gone.html": "3"]
    let new = ["a.html": "x", "b.html": "y", "c/d.html": "z"]
    _ = try write(old)
    let aside = try SiteFolders(root: root, output: root + "/aside")
    let changed = ["a.html", "b.html", "c/d.html"]
    for path in changed {
      try Disc.write(Array(new[path]!.utf8), to: folders.state + "/staging/" + path)
    }
    var manifest = Manifest()
    for (path, text) in new { manifest.digests[path] = Digest(of: Array(text.utf8)).description }
    let plan = changed.joined(separator: "\n") + "\0gone.html\0"
    try Disc.write(Array(plan.utf8) + manifest.bytes, to: folders.state + "/plan")
    for path in changed.prefix(moved) {
      try Disc.makeFolder(Disc.parent(of: folders.output + "/" + path))
      try Disc.move(folders.state + "/staging/" + path, to: folders.output + "/" + path)
    }
    if moved == 4 { try Disc.removeFile(folders.output + "/gone.html") }
    try output.recover()
    #expect(try there() == new)
    #expect(try write(new).isEmpty)
    #expect(Disc.stamp(folders.state + "/plan") == nil)
    #expect(Disc.stamp(folders.state + "/staging") == nil)
    #expect(Disc.stamp(aside.output) == nil)
    try Disc.removeTree(root)
  }

  @Test func aBuildKilledWhileStagingChangedNothing() throws {
    _ = try write(["a.html": "1"])
    try Disc.write(Array("half".utf8), to: folders.state + "/staging/a.html")
    try output.recover()
    #expect(try there() == ["a.html": "1"])
    #expect(Disc.stamp(folders.state + "/staging") == nil)
    try Disc.removeTree(root)
  }

  @Test func aManifestNeverReachesOutOfTheFolder() {
    let digest = String(repeating: "0", count: 64)
    let text =
      "\(digest)  ../x\n\(digest)  /etc/passwd\n\(digest)  a/../../b\n\(digest)  ok\nshort\n"
    #expect(Manifest(reading: Array(text.utf8)).paths == ["ok"])
  }

  @Test func theStateLiesBesideAFolderOutsideTheRoot() throws {
    let elsewhere = try SiteFolders(root: root, output: root + "-elsewhere/site")
    #expect(elsewhere.output.hasSuffix("-elsewhere/site"))
    #expect(elsewhere.state.hasSuffix("-elsewhere/.site.sitegen"))
    #expect(!elsewhere.state.hasPrefix(elsewhere.output + "/"))
    try Disc.removeTree(root)
  }
}
