import Foundation
import Storage
import Testing

@testable import Site

/// What a stranger's repository may hold besides articles, built by the command as a user would.
@Suite struct HostileCloneTests {
  private let folder: TemporaryFolder
  private var clone: String { folder.path + "/clone" }

  init() throws {
    folder = try TemporaryFolder()
    try folder.write("precious", to: "victim/x")
    try folder.write("# A\n\n![a picture](img/x.png)\n", to: "clone/content/a.md")
    try folder.write("picture", to: "clone/content/img/x.png")
  }

  private func build(_ arguments: [String] = []) throws -> Command.Outcome {
    try Command.run(["build"] + arguments, in: clone)
  }

  private func expectNoHarm() throws {
    #expect(try Command.files(in: folder.path + "/victim") == ["x": Array("precious".utf8)])
  }

  private let digest = Digest(of: Array("precious".utf8)).description

  @Test func statesOfTheFirstVersionAreNotBelieved() throws {
    try folder.write("../../victim/x\0../../victim/x\0", to: "clone/.sitegen/site/plan")
    try folder.write("evil", to: "clone/.sitegen/site/staging/x")
    try folder.write("\(digest)  ../../victim/x\n", to: "clone/.sitegen/site/manifest")
    #expect(try build().status == 0)
    try expectNoHarm()
    #expect(try FileSystem.list(clone + "/.sitegen").map(\.name) == ["cache"])
  }

  @Test func aLinkInTheSiteIsNotFollowed() throws {
    try folder.write("\(digest)  img/x\n", to: "clone/site/.sitegen-files")
    unsafe symlink("../../victim", clone + "/site/img")
    let outcome = try build()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("would be lost") && outcome.errors.contains("`img`"))
    try expectNoHarm()
    // A site without a folder of that name is built, and the link stays a link.
    try FileSystem.removeTree(clone + "/content/img")
    #expect(try build().status == 0)
    #expect(FileSystem.isLink(clone + "/site/img"))
    try expectNoHarm()
  }

  @Test(arguments: ["site", ".sitegen", ".sitegen/cache", ".sitegen/site"])
  func foldersThatAreLinksAreRefused(_ link: String) throws {
    try FileSystem.makeFolder(FileSystem.parent(of: clone + "/" + link))
    unsafe symlink(folder.path + "/victim", clone + "/" + link)
    let outcome = try build()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("\(link)` is a link, and no link is followed there"))
    try expectNoHarm()
  }

  @Test func linksInTheCacheAreNotFollowed() throws {
    try folder.write(
      "# A\n\n$$x^2$$\n\n```nn m\ntrain: [dense 1]\ndata: moons samples=10\nepochs: 1\n```\n",
      to: "clone/content/a.md")
    #expect(try build().status == 0)
    var linked = 0
    for entry in try FileSystem.list(clone + "/.sitegen/cache") where entry.name != ".here" {
      let path = clone + "/.sitegen/cache/" + entry.name
      try FileSystem.removeTree(path)
      unsafe symlink(folder.path + (entry.kind == .folder ? "/victim" : "/victim/x"), path)
      linked += 1
    }
    #expect(linked >= 3)
    try FileSystem.removeTree(clone + "/site")
    #expect(try build().status == 0)
    try expectNoHarm()
    #expect(try Command.run(["cache", "--clear"], in: clone).status == 0)
    try expectNoHarm()
  }

  @Test func namesWithLineFeedsAndGitFoldersAreReportedAtTheirFiles() throws {
    try folder.write("x", to: "clone/content/a\nb.txt")
    try folder.write("---\npermalink: /.git/hooks/x.html\n---\n# B\n", to: "clone/content/b.md")
    let outcome = try build()
    #expect(outcome.status == 1)
    #expect(
      outcome.errors.contains("content/a\u{FFFD}b.txt: error: this would be written to")
        && outcome.errors.contains("which is a path with a control character [site.bad-address]"))
    #expect(
      outcome.errors.contains(
        "content/b.md:2:12: error: nothing can be written to this permalink, which is a hidden path: "
          + "`.git` [site.bad-address]"))
    #expect(!FileSystem.exists(clone + "/site"))
  }

  @Test func somebodysOwnFilesAreNamed() throws {
    try folder.write("mine", to: "clone/site/index.html")
    try folder.write("mine", to: "clone/site/a/index.html/notes.txt")
    let outcome = try build()
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("`a/index.html/notes.txt`, `index.html`"))
    #expect(try folder.read("clone/site/index.html") == "mine")
    #expect(try build(["--output", "."]).status == 1)
    #expect(try build(["--output", ""]).status == 1)
    #expect(try build(["--output", "content"]).status == 1)
    #expect(try Command.files(in: clone).keys.count { !$0.hasPrefix(".sitegen/") } == 4)
  }
}
