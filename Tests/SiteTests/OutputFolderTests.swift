import Foundation
import Storage
import Testing

@testable import Site

@Suite struct OutputFolderTests {
  private func refusal(_ tree: inout OutputTree, _ path: String) -> OutputTree.Refusal? {
    do throws(OutputTree.Refusal) {
      try tree.add(path, .bytes([]), from: "from " + path)
      return nil
    } catch {
      return error
    }
  }

  @Test func aTreeTakesNoPathTwiceAndNoFileForAFolder() {
    var tree = OutputTree()
    #expect(refusal(&tree, "a/b/c.html") == nil)
    #expect(refusal(&tree, "a/b/c.html") == .taken(origin: "from a/b/c.html"))
    #expect(refusal(&tree, "a") == .fileAndFolder(folder: "a", origin: "from a/b/c.html"))
    #expect(refusal(&tree, "a/b") == .fileAndFolder(folder: "a/b", origin: "from a/b/c.html"))
    #expect(
      refusal(&tree, "a/b/c.html/d/e")
        == .fileAndFolder(folder: "a/b/c.html", origin: "from a/b/c.html"))
    #expect(refusal(&tree, "a/bc") == nil)
    #expect(refusal(&tree, "../x") == .unfit(problem: "a path with `..` in it"))
    #expect(refusal(&tree, "x\ny") == .unfit(problem: "a path with a control character"))
    #expect(tree.paths == ["a/b/c.html", "a/bc"])
    #expect(tree.checkedPaths.map(\.text) == ["a/b/c.html", "a/bc"])
  }

  @Test func aFolderIsMadeWhatTheTreeSays() throws {
    let root = try TemporaryFolder()
    let output = OutputFolder(try SiteFolders(root: root.path))
    var tree = OutputTree()
    try tree.add("index.html", .bytes([1]), from: "a.md")
    try tree.add("b.png", .copy(of: "content/b.png"), from: "content/b.png")
    let sources = SourceTree(["content/b.png": [2]])
    #expect(try output.changes(toward: tree, from: sources).added == ["b.png", "index.html"])
    #expect(!FileSystem.exists(root.path + "/site"))
    try output.write(tree, from: sources)
    #expect(try output.changes(toward: tree, from: sources).isEmpty)
    #expect(try FileSystem.read(root.path + "/site/b.png") == [2])
  }
}

@Suite struct SiteFoldersTests {
  private func flaw(_ root: String, _ output: String) -> FileError? {
    do throws(FileError) {
      _ = try SiteFolders(root: root, output: output)
      return nil
    } catch {
      return error
    }
  }

  @Test func theStateIsBesideAFolderOutsideTheRoot() throws {
    let root = try TemporaryFolder()
    try root.write("# A\n", to: "in/a.md")
    let folders = try SiteFolders(root: root.path + "/in", output: root.path + "/in/../out/./site")
    #expect(folders.output == root.path + "/out/site")
    #expect(folders.state == root.path + "/out/.site.sitegen")
    #expect(folders.cache == root.path + "/out/.site.sitegen/cache")
  }

  @Test func aSiteIsNotWrittenOverItsSourcesOrAHome() throws {
    let root = try TemporaryFolder()
    try root.write("# A\n", to: "content/a.md")
    try root.write("# B\n", to: "notes/deep/b.md")
    try root.write("x", to: "other/.git/config")
    let path = root.path
    #expect(flaw(path, "") == .unfitFolder(path: "", .noName))
    #expect(flaw(path, path) == .unfitFolder(path: path, .holdsRoot))
    #expect(flaw(path, path + "/content/..") == .unfitFolder(path: path, .holdsRoot))
    #expect(flaw(path, "/") == .unfitFolder(path: "/", .holdsRoot))
    #expect(flaw(path, path + "/.git/site") == .unfitFolder(path: path + "/.git/site", .repository))
    #expect(flaw(path, path + "/other") == .unfitFolder(path: path + "/other", .repository))
    #expect(
      flaw(path, path + "/.sitegen/cache")
        == .unfitFolder(path: path + "/.sitegen/cache", .workplace))
    #expect(
      flaw(path, path + "/content")
        == .unfitFolder(path: path + "/content", .holdsSource(file: "content")))
    #expect(
      flaw(path, path + "/notes")
        == .unfitFolder(path: path + "/notes", .holdsSource(file: "notes/deep/b.md")))
    let home = try #require(FileSystem.resolved(NSHomeDirectory()))
    #expect(flaw(path, home) == .unfitFolder(path: home, .holdsHome))
    #expect(flaw(path, path + "/out") == nil)
    #expect(throws: FileError.unfitFolder(path: path, .holdsRoot)) {
      try SiteFolders(root: path).destination(path)
    }
  }

  @Test func noLinkBelowTheRootIsFollowed() throws {
    let root = try TemporaryFolder()
    try root.write("precious", to: "victim/x")
    for (index, link) in ["site", ".sitegen", ".sitegen/cache", ".sitegen/site"].enumerated() {
      let clone = root.path + "/clone\(index)"
      try FileSystem.makeFolder(FileSystem.parent(of: clone + "/" + link))
      unsafe symlink(root.path + "/victim", clone + "/" + link)
      #expect(throws: FileError.isLink(path: clone + "/" + link)) { try SiteFolders(root: clone) }
    }
    let clone = root.path + "/clone0"
    #expect(flaw(clone, clone + "/site/inner") == .isLink(path: clone + "/site"))
    #expect(flaw(clone, clone + "/site/../out") == .isLink(path: clone + "/site"))
    // Outside the root, a link is the user's own and is followed.
    unsafe symlink(root.path + "/victim", root.path + "/away")
    #expect(
      try SiteFolders(root: clone + "/.", output: root.path + "/away/w").output
        == root.path + "/victim/w")
  }
}
