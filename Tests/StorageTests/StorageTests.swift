import Storage
import Testing

#if canImport(Glibc)
  import Glibc
#endif

struct StorageTests {
  /// Calls `body` with a temporary folder, which is removed afterwards.
  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = "/tmp/sitegen-storage-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    try FileSystem.makeFolder(folder)
    defer { try? FileSystem.removeTree(folder) }
    try body(folder)
  }

  /// From FIPS 180-2, appendix B.1; and the empty message.
  @Test func digestsAreSHA256() {
    #expect(
      Digest(of: Array("abc".utf8)).description
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      Digest(of: [UInt8]()).description
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test func writingMakesFoldersAndReplacesWhole() throws {
    try withFolder { folder in
      try FileSystem.write([1, 2, 3], to: folder + "/a/b/c.bin")
      try FileSystem.write([4], to: folder + "/a/b/c.bin")
      #expect(try FileSystem.read(folder + "/a/b/c.bin") == [4])
      #expect(try FileSystem.list(folder + "/a/b").map(\.name) == ["c.bin"])
    }
  }

  @Test(arguments: [1, 239, 250, 255]) func aNameMayBeAsLongAsTheDiscAllows(length: Int) throws {
    try withFolder { folder in
      let path = folder + "/" + String(repeating: "n", count: length)
      try FileSystem.write([1], to: path)
      #expect(try FileSystem.read(path) == [1])
    }
  }

  @Test func aDamagedCacheEntryCountsAsAbsent() throws {
    try withFolder { folder in
      let cache = Cache(folder: folder)
      let key = Cache.Key(namespace: "formulas", ["x^2", "0.16.4"])
      #expect(cache.read(key) == nil)
      cache.write([7, 8, 9], for: key)
      #expect(cache.read(key) == [7, 8, 9])
      var bytes = try FileSystem.read(cache.path(of: key))
      bytes[34] ^= 1
      try FileSystem.write(bytes, to: cache.path(of: key))
      #expect(cache.read(key) == nil)
    }
  }

  @Test func pathsThatLeaveTheFolderAreRefused() throws {
    try withFolder { folder in
      try FileSystem.write([1], to: folder + "/in/a.txt")
      try FileSystem.write([2], to: folder + "/secret.txt")
      unsafe symlink("../secret.txt", folder + "/in/link.txt")
      #expect(throws: FileError.outside(path: "../secret.txt", folder: folder + "/in")) {
        try FileSystem.confined("../secret.txt", to: folder + "/in")
      }
      #expect(throws: FileError.outside(path: "link.txt", folder: folder + "/in")) {
        try FileSystem.confined("link.txt", to: folder + "/in")
      }
      #expect(try FileSystem.confined("a.txt", to: folder + "/in").hasSuffix("/in/a.txt"))
    }
  }

  @Test func missingFilesSaySo() {
    #expect(throws: FileError.notFound(path: "/nowhere/at/all")) {
      try FileSystem.read("/nowhere/at/all")
    }
  }
}

struct CacheOriginTests {
  /// A clone or a copy is another folder to the file system.
  @Test func aCacheFromElsewhereIsEmptied() throws {
    let folder = "/tmp/sitegen-origin-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    let key = Cache.Key(namespace: "formulas", ["x"])
    let cache = try #require(Cache.own(folder + "/cache"))
    cache.write([1], for: key)
    PackedCache(path: folder + "/cache/some.pack").add([(key.digest, [2])])
    #expect(Cache.own(folder + "/cache")?.read(key) == [1])
    #expect(cache.usage().map(\.namespace) == ["formulas", "some.pack"])
    try FileSystem.makeFolder(folder + "/copy/formulas")
    for name in [".here", "some.pack"] {
      try FileSystem.write(
        try FileSystem.read(folder + "/cache/" + name), to: folder + "/copy/" + name)
    }
    let copy = try #require(Cache.own(folder + "/copy"))
    #expect(copy.usage().isEmpty)
    #expect(PackedCache(path: folder + "/copy/some.pack").read([key.digest]) == [nil])
    try cache.clear()
    #expect(Cache.own(folder + "/cache")?.read(key) == nil)
  }
}
