import Storage
import Testing

struct RelativePathTests {
  private func flaw(_ text: String) -> RelativePath.Flaw? {
    do throws(RelativePath.Flaw) {
      _ = try RelativePath(checking: text)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [
    "/etc/passwd", "..", "../x", "a/../../x", "a/..", ".", "a/./b", "a//b", "a/", "/",
    // A `Character` may be a slash or a dot with a combining accent.
    "../\u{301}x", "\u{301}/../x", "a/\u{301}/../../../x",
  ]) func pathsThatLeaveTheirFolderAreRefused(_ text: String) {
    #expect(flaw(text) == .leavesItsFolder)
  }

  @Test(arguments: ["a\nb", "a\0b", "\u{1B}[2J", "x/\r/y", "\u{85}", "\u{2028}", "\u{7F}"])
  func controlCharactersAreRefused(_ text: String) {
    #expect(flaw(text) == .controlCharacter)
  }

  @Test(arguments: [
    ".git", ".git/hooks/x.html", "a/.GIT/x", ".git. ./x", "git~1/x", ".g\u{200C}it/x", ".git:a/x",
  ]) func repositoriesAreRefused(_ text: String) {
    #expect(flaw(text) == .repository)
  }

  @Test func ownNamesLongNamesAndNoNameAreRefused() {
    #expect(flaw("") == .empty)
    #expect(flaw(".sitegen-files") == .reserved)
    #expect(flaw(".sitegen-new/list") == .reserved)
    #expect(flaw(String(repeating: "x", count: 256)) == .tooLong)
    #expect(flaw(String(repeating: "x/", count: 2000) + "x") == .tooLong)
  }

  @Test(arguments: [
    "index.html", "a/b/c", "...", "..a", "a..", ".nojekyll", ".well-known/x", ".gitignore",
    "深度/学习.html", "a b'\"<&>.txt", "-x", "e\u{301}", String(repeating: "x", count: 255),
  ]) func otherPathsAreTakenAsTheyAre(_ text: String) throws {
    let path = try RelativePath(checking: text)
    #expect(path.text == text && path.bytes == Array(text.utf8))
  }

  @Test func pathsAreComparedByTheirBytes() throws {
    let composed = try RelativePath(checking: "\u{E9}")
    let decomposed = try RelativePath(checking: "e\u{301}")
    #expect(composed != decomposed && Set([composed, decomposed]).count == 2)
    #expect(try RelativePath(checking: "a/b/c").parent == RelativePath(checking: "a/b"))
    #expect(try RelativePath(checking: "a").parent == nil)
  }
}
