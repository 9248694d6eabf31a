import Storage
import Testing

#if canImport(Glibc)
  import Glibc
#endif

struct PackedCacheTests {
  private func withFile(_ body: (String) throws -> Void) throws {
    let folder = "/tmp/sitegen-pack-\(getpid())-\(UInt64.random(in: 0...(.max)))"
    defer { try? FileSystem.removeTree(folder) }
    try body(folder + "/results.pack")
  }

  private func key(_ name: String) -> Digest { Digest(of: [name]) }

  @Test func resultsOutliveTheProcessThatAddedThem() throws {
    try withFile { path in
      let first = PackedCache(path: path)
      #expect(first.read([key("a")]) == [nil])
      first.add([(key("a"), [1, 2, 3]), (key("empty"), [])])
      first.add([(key("b"), [UInt8](repeating: 7, count: 1000))])
      let second = PackedCache(path: path)
      #expect(
        second.read([key("b"), key("c"), key("a"), key("empty")])
          == [[UInt8](repeating: 7, count: 1000), nil, [1, 2, 3], []])
    }
  }

  @Test func twoWritersLoseNothing() throws {
    try withFile { path in
      let one = PackedCache(path: path)
      let two = PackedCache(path: path)
      _ = (one.read([key("x")]), two.read([key("x")]))
      one.add([(key("a"), [1])])
      two.add([(key("b"), [2])])
      one.add([(key("c"), [3])])
      #expect(PackedCache(path: path).read([key("a"), key("b"), key("c")]) == [[1], [2], [3]])
    }
  }

  /// Wherever a write was cut off or a bit was flipped, complete records are found, and nothing
  /// else.
  @Test func aTornOrDamagedFileGivesWhatIsWhole() throws {
    try withFile { path in
      let cache = PackedCache(path: path)
      cache.add([(key("a"), [1, 2, 3]), (key("b"), [4, 5, 6, 7, 8, 9, 10, 11, 12])])
      let whole = try FileSystem.read(path)
      for count in 0..<whole.count {
        try FileSystem.write(Array(whole[..<count]), to: path)
        let torn = PackedCache(path: path)
        let found = torn.read([key("a"), key("b")])
        #expect(found[0] == nil || found[0] == [1, 2, 3])
        #expect(found[1] == nil)
        torn.add([(key("c"), [13])])
        #expect(PackedCache(path: path).read([key("a"), key("c")]) == [found[0], [13]])
      }
      for offset in whole.indices {
        var damaged = whole
        damaged[offset] ^= 0x10
        try FileSystem.write(damaged, to: path)
        let found = PackedCache(path: path).read([key("a"), key("b")])
        #expect(found[0] == nil || found[0] == [1, 2, 3])
        #expect(found[1] == nil || found[1] == [4, 5, 6, 7, 8, 9, 10, 11, 12])
      }
    }
  }

  @Test func whatNobodyAsksForAnyMoreIsDropped() throws {
    try withFile { path in
      let large = [UInt8](repeating: 1, count: 1 << 20)
      PackedCache(path: path).add((0..<8).map { (key("\($0)"), large) })
      let later = PackedCache(path: path)
      _ = later.read([key("0")])
      later.add([(key("new"), [1])])
      let size = try FileSystem.read(path).count
      #expect(size < 2 << 20)
      #expect(PackedCache(path: path).read([key("0"), key("new"), key("1")]) == [large, [1], nil])
    }
  }
}
